package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.Request;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;

/// The source of API server paths, whose responses are stored unchanged. An unhealthy health
/// endpoint answers with a 500, so the body is kept then too.
final class ApiPathsSource implements Source<ItemSpec.ApiPaths> {
  @Override
  public Class<ItemSpec.ApiPaths> spec() {
    return ItemSpec.ApiPaths.class;
  }

  @Override
  public void plan(ItemSpec.ApiPaths spec, Planner planner) {
    for (String path : spec.paths()) {
      planner
          .tasks()
          .atServer(
              spec.kind(),
              path.replace("?verbose", "").substring(1),
              scope -> collect(spec, planner, path, scope));
    }
  }

  @Override
  public void needs(ItemSpec.ApiPaths spec, ItemRights needs) {
    spec.paths().forEach(needs::path);
  }

  private static Outcome collect(
      ItemSpec.ApiPaths spec, Planner planner, String path, TaskScope scope)
      throws IOException, InterruptedException {
    var call = Request.raw(path, scope.caller());
    var answer = isHealth(path) ? scope.cluster().get(call) : scope.cluster().fetch(call);
    try (answer) {
      if (answer.status() == 401 || answer.status() == 403 || answer.status() == 404) {
        throw dev.diagbundle.cluster.ErrorClassifier.of(answer);
      }
      return scope.collect(
          entry(path, planner),
          planner.window().whole().to(),
          planner.itemBytes(spec),
          out -> {
            answer.body().transferTo(out);
            return new Outcome.Collected();
          });
    }
  }

  /// The entry of a path. A path with others of the profile below it, as `/metrics/slis` below
  /// `/metrics`, is a folder, so its own response is stored in it.
  private static EntryPath entry(String path, Planner planner) {
    var entry = EntryPath.of("api").descend(path.replace("?verbose", ""));
    boolean folder =
        planner.apiPaths().stream()
            .map(other -> EntryPath.of("api").descend(other.replace("?verbose", "")))
            .anyMatch(other -> other.value().startsWith(entry.value() + "/"));
    return folder ? entry.child("(itself)") : entry;
  }

  private static boolean isHealth(String path) {
    return path.matches("/(livez|readyz|healthz)\\b.*");
  }
}
