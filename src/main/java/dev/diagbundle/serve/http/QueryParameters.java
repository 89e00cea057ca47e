package dev.diagbundle.serve.http;

import module java.base;

/// The decoded parameters of a query string, read as Go's `url.ParseQuery` reads them.
///
/// @param values by name; each list is in the order of the request
public record QueryParameters(SortedMap<String, List<String>> values) {
  public QueryParameters {
    values = new TreeMap<>(values);
  }

  static QueryParameters parse(String query) {
    var values = new TreeMap<String, List<String>>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        values.computeIfAbsent(decode(name), _ -> new ArrayList<>()).add(decode(value));
      }
    }
    return new QueryParameters(values);
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /// The first value.
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /// The first value, if it is not the empty text.
  public Optional<String> text(String name) {
    return first(name).filter(value -> !value.isEmpty());
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /// Returns whether the first value is one that Kubernetes treats as true.
  public boolean isTrue(String name) {
    return first(name).map(value -> !value.equals("false") && !value.equals("0")).orElse(false);
  }

  /// The query string again, sorted by name.
  public String encoded() {
    return values.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(value -> pair(entry.getKey(), value)))
        .collect(Collectors.joining("&"));
  }

  private static String pair(String name, String value) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return PercentEncoding.decode(text.replace('+', ' '));
  }
}
