package dev.diagbundle.profile.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ItemSpec.Common;
import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.ObjectSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.ProfileFiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Profiles of files, alone and joined.
final class ProfileCatalogTest extends ProfileFiles {
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
    var loaded = ProfileCatalog.loadWithOrigins(List.of(file));
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
                        false,
                        OptionalInt.empty(),
                        Optional.empty(),
                        Optional.empty()),
                    new ItemSpec.Events(Common.NONE, ObjectSelection.ALL),
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
    var loaded = ProfileCatalog.load(List.of(file));
    assertEquals(Duration.ofHours(2), loaded.window());
    assertEquals(
        List.of(Optional.of(Duration.ofHours(2))),
        loaded.collect().stream().map(item -> item.common().window()).toList());
  }

  @Test
  void severalProfilesMergeUnderTheirJoinedName() throws Exception {
    var merged = ProfileCatalog.load(List.of("windows-cni", "dns", "windows-cni"));
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
    assertEquals(1, ProfileCatalog.load(List.of(file)).collect().size());
  }

  @Test
  void aLadderOfDiamondsCostsNoMoreThanItsFiles() throws Exception {
    file("l0.yaml", "name: x\ncollect: [events: {}]\n");
    for (int i = 1; i < 15; i++) {
      var below = "l" + (i - 1) + ".yaml";
      file("l" + i + ".yaml", "name: x\nextends: [" + below + ", ./" + below + "]\n");
    }
    assertEquals(
        1, ProfileCatalog.load(List.of(folder.resolve("l14.yaml").toString())).collect().size());
  }

  @Test
  void anUnknownNameComesWithASuggestion() {
    var thrown =
        assertThrows(
            DiagbundleException.class, () -> ProfileCatalog.load(List.of("windws-cni", "x")));
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
        assertThrows(DiagbundleException.class, () -> ProfileCatalog.load(List.of("no/such.yaml")));
    assertEquals(
        List.of(Problem.usage("cannot read profile 'no/such.yaml': no such file")),
        thrown.problems());
  }

  @Test
  void aNameThatNoFileCanHaveIsUnknown() {
    var thrown =
        assertThrows(DiagbundleException.class, () -> ProfileCatalog.load(List.of("a\0/b")));
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
    var loaded = ProfileCatalog.loadWithOrigins(List.of(file));
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
    assertEquals(loaded.profile(), ProfileCatalog.load(List.of(plain("y.yaml", text))));
  }
}
