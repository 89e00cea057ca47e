package dev.diagbundle.kubeconfig;

import dev.diagbundle.model.DiagbundleException;

/// A source of credentials: fixed ones, a token file, or a credential plugin. Safe for use by many
/// threads.
public interface CredentialSource {
  /// A source without credentials.
  CredentialSource ANONYMOUS =
      new CredentialSource() {
        @Override
        public Credential current() {
          return Credential.NONE;
        }

        @Override
        public boolean renew(Credential rejected) {
          return false;
        }
      };

  /// The credentials to use now. It may run a plugin or read a file; an expired credential is
  /// replaced first.
  ///
  /// @throws DiagbundleException if there are none, with the plugin's own words
  Credential current() throws DiagbundleException, InterruptedException;

  /// Replaces credentials that the API server rejected (401), unless that has just been done.
  ///
  /// @return whether [#current] now gives other ones than `rejected`, so that a second attempt
  ///   makes sense
  /// @throws DiagbundleException if new ones cannot be had
  boolean renew(Credential rejected) throws DiagbundleException, InterruptedException;
}
