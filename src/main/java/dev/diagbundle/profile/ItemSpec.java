package dev.diagbundle.profile;

import module java.base;

import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.LinePattern;

/// One item of a profile's `collect` list. The kinds are records of this interface; its collection
/// is implemented by a `Source`.
public sealed interface ItemSpec {
  /// The fields common to all items.
  Common common();

  /// The key of the kind in profiles, for example `nodeLogs`.
  default ItemKind kind() {
    return switch (this) {
      case NodeLogs _ -> ItemKind.NODE_LOGS;
      case NodeFiles _ -> ItemKind.NODE_FILES;
      case Kubelet _ -> ItemKind.KUBELET;
      case NodeDescribe _ -> ItemKind.NODE_DESCRIBE;
      case Describe _ -> ItemKind.DESCRIBE;
      case Events _ -> ItemKind.EVENTS;
      case ClusterDump _ -> ItemKind.CLUSTER_DUMP;
      case PodLogs _ -> ItemKind.POD_LOGS;
      case ApiPaths _ -> ItemKind.API_PATHS;
    };
  }

  /// The item's `name`, or else its kind.
  default String name() {
    return common().name().orElseGet(() -> kind().label());
  }

  /// The keys that all kinds of items have.
  ///
  /// @param name identifies the item in `extends`, `--only` and `--skip`
  /// @param nodes instead of the profile's
  /// @param window time window, instead of the profile's
  /// @param itemBytes instead of the profile's `limits.item`
  record Common(
      Optional<String> name,
      Optional<NodeSelection> nodes,
      Optional<Duration> window,
      OptionalLong itemBytes) {
    public static final Common NONE =
        new Common(Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /// Logs of services of the node, through the kubelet's Node Log Query.
  ///
  /// @param services names in the service manager, without `.service`
  /// @param allServices whether a node is asked for the services of container runtimes and
  ///   distributions that it does not run, too
  /// @param codePage assumed encoding of a Windows node's event log if it is not UTF-8
  record NodeLogs(
      Common common,
      List<String> services,
      boolean allServices,
      OptionalInt boot,
      Optional<LinePattern> pattern,
      Optional<CodePage> codePage)
      implements ItemSpec {
    public NodeLogs {
      services = List.copyOf(services);
    }
  }

  /// Files below the node's log folder (`/var/log`, `C:\var\log`).
  ///
  /// @param tailBytes maximum bytes from the end of each file
  record NodeFiles(Common common, List<Glob> include, List<Glob> exclude, OptionalLong tailBytes)
      implements ItemSpec {
    public NodeFiles {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }
  }

  /// Endpoints of the kubelet through the node proxy.
  ///
  /// @param endpoints paths without a leading slash, for example `configz` or `stats/summary`
  record Kubelet(Common common, List<String> endpoints) implements ItemSpec {
    public Kubelet {
      endpoints = List.copyOf(endpoints);
    }
  }

  /// The text of `kubectl describe node`, the node's events and its lease.
  record NodeDescribe(Common common) implements ItemSpec {}

  /// The texts of `kubectl describe` for pods, and for the objects that these belong to.
  ///
  /// @param pods the pods to describe
  /// @param workloads whether workloads, Services and claims in trouble are described too
  record Describe(Common common, DescribedPods pods, boolean workloads) implements ItemSpec {}

  /// Events.
  record Events(Common common, ObjectSelection objects) implements ItemSpec {}

  /// API objects.
  ///
  /// @param resources plural names, `plural.group`, or globs over either; `*` for every kind the
  ///   server lists
  /// @param exclude the same, excluded from `resources` and `crds`
  /// @param crds globs over the names of custom resource definitions (`plural.group`) whose objects
  ///   are wanted
  /// @param managedFields whether objects keep `metadata.managedFields`, which record the manager
  ///   of each field
  record ClusterDump(
      Common common,
      List<String> resources,
      List<String> exclude,
      List<Glob> crds,
      ObjectSelection objects,
      boolean managedFields)
      implements ItemSpec {
    public ClusterDump {
      resources = List.copyOf(resources);
      exclude = List.copyOf(exclude);
      crds = List.copyOf(crds);
    }
  }

  /// Logs of containers.
  ///
  /// @param previous also the log of the container's last run, where it was restarted
  /// @param rotated also the files that the node keeps of each log, rotated ones included
  /// @param tailLines maximum lines from the end of each log of the API server
  record PodLogs(
      Common common,
      PodSelection pods,
      ContainerSelection containers,
      boolean previous,
      boolean rotated,
      OptionalInt tailLines)
      implements ItemSpec {}

  /// Paths of the API server, as they are.
  ///
  /// @param paths with a leading slash and perhaps a query, for example `/livez?verbose`
  record ApiPaths(Common common, List<String> paths) implements ItemSpec {
    public ApiPaths {
      paths = List.copyOf(paths);
    }
  }
}
