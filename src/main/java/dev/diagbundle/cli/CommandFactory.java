package dev.diagbundle.cli;

import dev.diagbundle.cli.terminal.Session;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;

/// Factory of commands, which passes the session to their constructors.
final class CommandFactory implements CommandLine.IFactory {
  private final Session session;

  CommandFactory(Session session) {
    this.session = session;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    for (var constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == 1
          && constructor.getParameterTypes()[0] == Session.class) {
        try {
          return type.cast(constructor.newInstance(session));
        } catch (InvocationTargetException e) {
          throw new IllegalStateException("cannot make " + type, e);
        }
      }
    }
    return CommandLine.defaultFactory().create(type);
  }
}
