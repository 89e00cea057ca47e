package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Interner;

/// The first ready addresses of an endpoint slice, for the description of a Service.
///
/// @param ports by their names, in no other order; empty if the slice has none
/// @param size number of endpoints
/// @param ready number of ready endpoints
/// @param first the ready ones that can be shown
record DescribedEndpoints(List<Port> ports, int size, int ready, List<Address> first) {
  private static final int MAX_SHOWN = 3;

  /// One port of all endpoints.
  record Port(String name, long number) {}

  /// The first address of a ready endpoint.
  ///
  /// @param index of the endpoint in its slice
  record Address(int index, String text) {}

  DescribedEndpoints {
    ports = List.copyOf(ports);
    first = List.copyOf(first);
  }

  /// Extracts the needed fields of an endpoint slice of the API; the JSON is not retained.
  static DescribedEndpoints of(JsonNode slice, Interner pool) {
    var ports =
        TypedFields.items(slice, "ports").stream()
            .map(port -> new Port(TypedFields.text(port, "name"), TypedFields.number(port, "port")))
            .map(pool::shared)
            .toList();
    var endpoints = slice.path("endpoints");
    var first = new ArrayList<Address>();
    int index = 0;
    int ready = 0;
    for (var endpoint : endpoints) {
      // An endpoint without the condition counts as ready.
      boolean unknown = !TypedFields.has(endpoint, "conditions", "ready");
      if (unknown || TypedFields.isTrue(endpoint, "conditions", "ready")) {
        if (first.size() < MAX_SHOWN) {
          first.add(new Address(index, TypedFields.text(endpoint.path("addresses").path(0))));
        }
        ready++;
      }
      index++;
    }
    return new DescribedEndpoints(ports, index, ready, first);
  }

  /// The addresses for one port of a Service, at most three of them.
  ///
  /// @param slices of the Service, in the order of the API
  static String text(List<DescribedEndpoints> slices, String port) {
    if (slices.isEmpty()) {
      return "<none>";
    }
    var shown = new ArrayList<String>();
    boolean more = false;
    int count = 0;
    for (var slice : slices) {
      for (var end : slice.endings(port)) {
        int room = MAX_SHOWN - shown.size();
        // kubectl sees that there is more at the next endpoint, even if that is not ready.
        more |= room == 0 ? slice.size > 0 : slice.reaches(room);
        for (var address : slice.first.subList(0, Math.min(room, slice.first.size()))) {
          shown.add(end.isEmpty() ? address.text() : joined(address.text(), end));
        }
        count += slice.ready;
      }
    }
    var list = String.join(",", shown);
    return more ? list + " + " + (count - MAX_SHOWN) + " more..." : list;
  }

  /// True if there is an endpoint after the last one that fits.
  private boolean reaches(int room) {
    return first.size() >= room && first.get(room - 1).index() < size - 1;
  }

  /// The numbers of the ports of this name; an empty one if the slice has no ports at all.
  private List<String> endings(String port) {
    if (ports.isEmpty()) {
      return List.of("");
    }
    return ports.stream()
        .filter(known -> known.name().equals(port))
        .map(known -> String.valueOf(known.number()))
        .toList();
  }

  private static String joined(String address, String port) {
    return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
  }
}
