package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.profile.yaml.Quoted;

/// The shape of a value in a profile. The whole format is one tree of shapes, declared in
/// [ProfileFormat] and [ItemFormat]; validation and the JSON Schema both follow it.
sealed interface Shape {
  /// The shape as messages name it, for example `a duration such as 6h`.
  String expected();

  /// A text of some form.
  record Text(TextForm form) implements Shape {
    @Override
    public String expected() {
      return form.expected();
    }
  }

  /// The one text allowed.
  record Constant(String value) implements Shape {
    @Override
    public String expected() {
      return Quoted.text(value);
    }
  }

  /// A whole number within bounds.
  record WholeNumber(int min, int max) implements Shape {
    @Override
    public String expected() {
      return "a whole number from " + min + " to " + max;
    }
  }

  /// A number within bounds, whole or with a fraction in decimal notation.
  record Decimal(double min, double max) implements Shape {
    @Override
    public String expected() {
      return "a number from " + shown(min) + " to " + shown(max);
    }

    private static String shown(double number) {
      return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
  }

  /// A text, a number or a truth value.
  record AnyValue() implements Shape {
    @Override
    public String expected() {
      return "a string, a number, true or false";
    }
  }

  /// `true` or `false`.
  record Flag() implements Shape {
    @Override
    public String expected() {
      return "true or false";
    }
  }

  /// One or more elements.
  ///
  /// @param loneElement whether a single element is allowed in place of a list
  record ListOf(Shape element, boolean loneElement) implements Shape {
    static final int MAX = 1_000;

    @Override
    public String expected() {
      if (loneElement) {
        return element instanceof AnyValue
            ? "a value or a list of values"
            : "a name or a list of names";
      }
      return "a list";
    }
  }

  /// Known keys with their values.
  ///
  /// @param name of the shape, in the JSON Schema
  /// @param atLeastOneOf keys of which one must be there; empty if there is no such rule
  record MapOf(String name, String description, List<Key> keys, List<String> atLeastOneOf)
      implements Shape {
    public MapOf {
      keys = List.copyOf(keys);
      atLeastOneOf = List.copyOf(atLeastOneOf);
    }

    List<String> keyNames() {
      return keys.stream().map(Key::name).toList();
    }

    Optional<Key> key(String name) {
      return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /// Returns whether a map without any key is valid, and so `key:` without a value.
    boolean mayBeEmpty() {
      return atLeastOneOf.isEmpty() && keys.stream().noneMatch(Key::required);
    }

    @Override
    public String expected() {
      return "a map";
    }
  }

  /// A map of exactly one key, an item kind, to the keys of that kind.
  record AnItem() implements Shape {
    @Override
    public String expected() {
      return "an item such as 'events: {}'";
    }
  }

  /// A key of a map.
  ///
  /// @param fallback description of the default without the key; empty if none is needed
  record Key(String name, Shape shape, boolean required, String description, String fallback) {
    static Key required(String name, Shape shape, String description) {
      return new Key(name, shape, true, description, "");
    }

    static Key optional(String name, Shape shape, String description) {
      return new Key(name, shape, false, description, "");
    }

    Key withFallback(String text) {
      return new Key(name, shape, required, description, text);
    }
  }
}
