package dev.diagbundle.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.ItemSpec.Common;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {
  private static final String HEAD = "apiVersion: diagbundle.dev/v1\nkind: Profile\n";

  @TempDir Path folder;

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
                new ItemSpec.Events(Common.NONE),
                new ItemSpec.ClusterDump(
                    Common.NONE,
                    List.of("pods"),
                    List.of("secrets"),
                    List.of(new Glob("*.cilium.io")),
                    List.of(new Glob("kube-*"))),
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
    var loaded = Profiles.load(List.of(file));
    assertEquals(expected, loaded);

    var text = ProfileText.yaml(loaded);
    for (var kind : ItemKind.ALL) {
      for (var key : kind.shape().keys()) {
        assertEquals(true, text.contains(" " + key.name() + ":"), key.name());
      }
    }
    assertEquals(expected, Profiles.load(List.of(plain("again.yaml", text))));
  }

  @Test
  void whatIsNotSaidHasDefaults() throws Exception {
    assertEquals(
        new Profile(
            "x",
            "",
            Duration.ofHours(6),
            NodeSelection.ALL,
            List.of(new ItemSpec.Events(Common.NONE)),
            Limits.DEFAULTS),
        Profiles.load(List.of(file("x.yaml", "name: x\ncollect: [events: ]\nlimits:\nnodes:\n"))));
  }

  @Test
  void anItemReplacesTheInheritedOneOfItsNameInPlaceAndOthersFollow() throws Exception {
    file(
        "base.yaml",
        """
        name: base
        description: The base
        window: 1h
        collect:
          - nodeLogs: { name: logs, services: [kubelet] }
          - events: {}
        limits: { item: 1MiB, perNode: 1, qps: 10 }
        """);
    var file =
        file(
            "own.yaml",
            """
            name: own
            extends: base.yaml
            window: 2h
            collect:
              - nodeDescribe: {}
              - nodeLogs: { name: logs, services: [crio] }
            limits: { item: 2MiB, concurrency: 3 }
            """);
    var loaded = Profiles.loadWithOrigins(List.of(file));
    var logs =
        new Common(Optional.of("logs"), Optional.empty(), Optional.empty(), OptionalLong.empty());
    assertEquals(
        new LoadedProfile(
            new Profile(
                "own",
                "The base",
                Duration.ofHours(2),
                NodeSelection.ALL,
                List.of(
                    new ItemSpec.NodeLogs(
                        logs,
                        List.of("crio"),
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    new ItemSpec.Events(Common.NONE),
                    new ItemSpec.NodeDescribe(Common.NONE)),
                new Limits(2 << 20, 1L << 30, Duration.ofMinutes(10), 3, 1, OptionalDouble.of(10))),
            Map.of(
                "logs", file + ":8",
                "events", folder.resolve("base.yaml") + ":8",
                "nodeDescribe", file + ":7")),
        loaded);
  }

  @Test
  void severalExtendedProfilesMergeInTheirOrder() throws Exception {
    file("a.yaml", "name: a\nwindow: 1h\ncollect: [events: {window: 1h}]\n");
    file("b.yaml", "name: b\nwindow: 2h\ncollect: [events: {window: 2h}]\n");
    var file = file("c.yaml", "name: c\nextends: [a.yaml, ./b.yaml]\n");
    var loaded = Profiles.load(List.of(file));
    assertEquals(Duration.ofHours(2), loaded.window());
    assertEquals(
        List.of(Optional.of(Duration.ofHours(2))),
        loaded.collect().stream().map(item -> item.common().window()).toList());
  }

  @Test
  void severalProfilesMergeUnderTheirJoinedName() throws Exception {
    var merged = Profiles.load(List.of("windows-cni", "dns", "windows-cni"));
    assertEquals("windows-cni+dns", merged.name());
    assertEquals(500L << 20, merged.limits().bundleBytes());
    assertEquals(Duration.ofHours(2), merged.window());
  }

  @Test
  void aDiamondOfExtendsIsNoCycle() throws Exception {
    file("top.yaml", "name: top\ncollect: [events: {}]\n");
    file("left.yaml", "name: left\nextends: top.yaml\n");
    file("right.yaml", "name: right\nextends: top.yaml\n");
    var file = file("x.yaml", "name: x\nextends: [left.yaml, right.yaml]\n");
    assertEquals(1, Profiles.load(List.of(file)).collect().size());
  }

  @Test
  void aLadderOfDiamondsCostsNoMoreThanItsFiles() throws Exception {
    file("l0.yaml", "name: x\ncollect: [events: {}]\n");
    for (int i = 1; i < 15; i++) {
      var below = "l" + (i - 1) + ".yaml";
      file("l" + i + ".yaml", "name: x\nextends: [" + below + ", ./" + below + "]\n");
    }
    assertEquals(1, Profiles.load(List.of(folder.resolve("l14.yaml").toString())).collect().size());
  }

  @Test
  void anUnknownNameComesWithASuggestion() {
    var thrown =
        assertThrows(DiagbundleException.class, () -> Profiles.load(List.of("windws-cni", "x")));
    assertEquals(
        List.of("unknown profile 'windws-cni', did you mean 'windows-cni'?", "unknown profile 'x'"),
        thrown.problems().stream().map(Problem::message).toList());
    assertEquals(
        Optional.of(
            "profiles: support, minimal, node-not-ready, windows-cni, networking, dns, storage,"
                + " control-plane, ci-postmortem; or the path of a file"),
        thrown.problems().getFirst().hint());
  }

  @Test
  void aMissingFileIsNamed() {
    var thrown =
        assertThrows(DiagbundleException.class, () -> Profiles.load(List.of("no/such.yaml")));
    assertEquals(
        List.of(Problem.usage("cannot read profile 'no/such.yaml': no such file")),
        thrown.problems());
  }

  @Test
  void aNameThatNoFileCanHaveIsUnknown() {
    var thrown = assertThrows(DiagbundleException.class, () -> Profiles.load(List.of("a\0/b")));
    assertEquals("unknown profile 'aU+0000/b'", thrown.problems().getFirst().message());
  }

  @Test
  void originsStandAsCommentsAndTheTextStaysAProfile() throws Exception {
    var file =
        file(
            "x.yaml",
            """
            name: x
            description: "a: b"
            limits: { qps: 10.0 }
            collect:
              - events: {}
              - podLogs: { pods: '^#a: ' }
            """);
    var loaded = Profiles.loadWithOrigins(List.of(file));
    var text = ProfileText.withOrigins(loaded);
    assertEquals(
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: x
        description: 'a: b'
        window: 6h
        limits:
          item: 100MiB
          bundle: 1GiB
          deadline: 10m
          concurrency: 16
          perNode: 2
          qps: 10
        collect:
        # FILE:7
        - events: {}
        # FILE:8
        - podLogs:
            pods: '^#a: '
            previous: false
            rotated: false
        """
            .replace("FILE", file),
        text);
    assertEquals(loaded.profile(), Profiles.load(List.of(plain("y.yaml", text))));
  }

  private String file(String name, String yaml) throws IOException {
    return plain(name, HEAD + yaml);
  }

  private String plain(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml).toString();
  }
}
