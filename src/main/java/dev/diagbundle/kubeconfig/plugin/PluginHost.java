package dev.diagbundle.kubeconfig.plugin;

import module java.base;

/// The surroundings of a credential plugin: its streams, and the user who may be waiting for it.
/// Safe for use by many threads.
public interface PluginHost {
  /// Whether the standard input of this process is a terminal, from which a plugin may read.
  boolean hasTerminalInput();

  /// The stream that takes what plugins print to standard error, byte for byte and at once.
  OutputStream errors();

  /// Called before a plugin runs.
  void begin();

  /// Called once for a plugin that takes long.
  ///
  /// @param notice one line
  void waiting(String notice);

  /// Called after a plugin has ended, however it did.
  void end();
}
