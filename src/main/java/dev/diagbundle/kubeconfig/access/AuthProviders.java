package dev.diagbundle.kubeconfig.access;

import module java.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.kubeconfig.file.UserEntry.AuthProvider;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The providers of credentials that were built into client-go. Only `oidc` is left there; its
/// token is used while it is valid, but not renewed.
final class AuthProviders {
  private static final Duration EARLY = Duration.ofSeconds(10);
  private static final Map<String, String> SUCCESSORS =
      Map.of(
          "gcp", "use the credential plugin gke-gcloud-auth-plugin",
          "azure", "use the credential plugin kubelogin",
          "openstack", "use the credential plugin client-keystone-auth");

  private AuthProviders() {}

  /// The token of the provider.
  ///
  /// @param owner such as `user 'u'`
  /// @throws DiagbundleException if there is none that is valid
  static String token(AuthProvider provider, String owner, Clock clock) throws DiagbundleException {
    var subject = "auth-provider '" + provider.name() + "' of " + owner;
    if (!provider.name().equals("oidc")) {
      var problem =
          Problem.usage(
              subject
                  + (SUCCESSORS.containsKey(provider.name())
                      ? " is not supported: it was removed from kubectl"
                      : " is not supported"));
      throw new DiagbundleException(
          problem.withHint(
              SUCCESSORS.getOrDefault(provider.name(), "use a credential plugin (exec)")));
    }
    for (String required : List.of("idp-issuer-url", "client-id")) {
      if (provider.config().getOrDefault(required, "").isEmpty()) {
        throw new DiagbundleException(Problem.usage(subject + " has no " + required));
      }
    }
    var token = provider.config().getOrDefault("id-token", "");
    if (token.isEmpty() || isExpired(token, clock)) {
      throw new DiagbundleException(
          Problem.usage(subject + " has no valid id-token")
              .withHint("run a kubectl command: it renews the token in the kubeconfig"));
    }
    return token;
  }

  /// Whether a JSON Web Token (RFC 7519) has expired, or does not tell.
  private static boolean isExpired(String token, Clock clock) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return true;
    }
    try {
      var claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
      var end = claims.path("exp");
      return !end.isNumber()
          || clock.instant().plus(EARLY).isAfter(Instant.ofEpochSecond(end.longValue()));
    } catch (JsonProcessingException | IllegalArgumentException _) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
