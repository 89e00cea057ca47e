package dev.diagbundle.profile.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.profile.ContainerSelection;
import dev.diagbundle.profile.ContainerState;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ItemSpec.Common;
import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.ObjectSelection;
import dev.diagbundle.profile.PodSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.ProfileFiles;
import dev.diagbundle.profile.WorkloadName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the keys of a profile become.
final class ProfileKeysTest extends ProfileFiles {
  @Test
  void everyKeyIsBound() throws Exception {
    var file =
        file(
            "all.yaml",
            """
            name: all
            description: Every key
            window: 2h30m
            nodes: { selector: os=linux, names: [w-*] }
            collect:
              - nodeLogs:
                  name: logs
                  nodes: { selector: a=b, names: ["x?"] }
                  window: 1h
                  limits: { item: 1MiB }
                  services: [kubelet, containerd]
                  allServices: true
                  boot: -1
                  pattern: (?i)cni
                  codePage: 850
              - nodeFiles: { include: [kubelet/**], exclude: ["**/*.gz"], tail: 20MiB }
              - kubelet: { endpoints: [configz] }
              - nodeDescribe: {}
              - events:
              - clusterDump:
                  resources: [pods]
                  exclude: [secrets]
                  crds: ["*.cilium.io"]
                  namespaces: [kube-*]
                  excludeNamespaces: [kube-public]
                  selector: app=web
                  managedFields: true
              - podLogs:
                  namespaces: [kube-*]
                  excludeNamespaces: [kube-public]
                  selector: app=web
                  fieldSelector: status.phase!=Succeeded
                  workloads: [deploy/web, service/db]
                  pods: ^web-
                  excludePods: canary
                  containers: main$
                  excludeContainers: proxy
                  init: false
                  ephemeral: false
                  states: [running, waiting]
                  previous: true
                  tailLines: 100
              - apiPaths: { paths: ["/livez?verbose"] }
            limits: { item: 1MB, bundle: 2GiB, deadline: 90s, concurrency: 8, perNode: 1, qps: 2.5 }
            """);
    var nodes = new NodeSelection(Optional.of("a=b"), List.of(new Glob("x?")));
    var common =
        new Common(
            Optional.of("logs"),
            Optional.of(nodes),
            Optional.of(Duration.ofHours(1)),
            OptionalLong.of(1 << 20));
    var expected =
        new Profile(
            "all",
            "Every key",
            Duration.ofMinutes(150),
            new NodeSelection(Optional.of("os=linux"), List.of(new Glob("w-*"))),
            List.of(
                new ItemSpec.NodeLogs(
                    common,
                    List.of("kubelet", "containerd"),
                    true,
                    OptionalInt.of(-1),
                    LinePattern.parse("(?i)cni"),
                    Optional.of(new CodePage(850))),
                new ItemSpec.NodeFiles(
                    Common.NONE,
                    List.of(new Glob("kubelet/**")),
                    List.of(new Glob("**/*.gz")),
                    OptionalLong.of(20 << 20)),
                new ItemSpec.Kubelet(Common.NONE, List.of("configz")),
                new ItemSpec.NodeDescribe(Common.NONE),
                new ItemSpec.Events(Common.NONE, ObjectSelection.ALL),
                new ItemSpec.ClusterDump(
                    Common.NONE,
                    List.of("pods"),
                    List.of("secrets"),
                    List.of(new Glob("*.cilium.io")),
                    new ObjectSelection(
                        List.of(new Glob("kube-*")),
                        List.of(new Glob("kube-public")),
                        Optional.of("app=web")),
                    true),
                new ItemSpec.PodLogs(
                    Common.NONE,
                    new PodSelection(
                        List.of(new Glob("kube-*")),
                        List.of(new Glob("kube-public")),
                        Optional.of("app=web"),
                        Optional.of("status.phase!=Succeeded"),
                        Optional.of(Pattern.compile("^web-")),
                        Optional.of(Pattern.compile("canary")),
                        List.of(
                            new WorkloadName("Deployment", "web"),
                            new WorkloadName("Service", "db"))),
                    new ContainerSelection(
                        Optional.of(Pattern.compile("main$")),
                        Optional.of(Pattern.compile("proxy")),
                        false,
                        false,
                        Set.of(ContainerState.RUNNING, ContainerState.WAITING)),
                    true,
                    false,
                    OptionalInt.of(100)),
                new ItemSpec.ApiPaths(Common.NONE, List.of("/livez?verbose"))),
            new Limits(1_000_000, 2L << 30, Duration.ofSeconds(90), 8, 1, OptionalDouble.of(2.5)));
    var loaded = ProfileCatalog.load(List.of(file));
    assertEquals(expected, loaded);

    var text = ProfileText.yaml(loaded);
    for (var kind : ItemFormat.ALL) {
      for (var key : kind.shape().keys()) {
        assertEquals(true, text.contains(" " + key.name() + ":"), key.name());
      }
    }
    assertEquals(expected, ProfileCatalog.load(List.of(plain("again.yaml", text))));
  }

  @Test
  void whatIsNotSaidHasDefaults() throws Exception {
    assertEquals(
        new Profile(
            "x",
            "",
            Duration.ofHours(6),
            NodeSelection.ALL,
            List.of(new ItemSpec.Events(Common.NONE, ObjectSelection.ALL)),
            Limits.DEFAULTS),
        ProfileCatalog.load(
            List.of(file("x.yaml", "name: x\ncollect: [events: ]\nlimits:\nnodes:\n"))));
  }
}
