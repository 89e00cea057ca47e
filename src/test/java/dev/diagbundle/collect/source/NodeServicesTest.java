package dev.diagbundle.collect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.cluster.NodeSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeServicesTest {
  private static final List<String> ALL =
      List.of(
          "kubelet",
          "containerd",
          "crio",
          "docker",
          "k3s",
          "k3s-agent",
          "rke2-server",
          "rke2-agent",
          "my-agent");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "containerd://2.1.9 | v1.36.2 | kubelet containerd my-agent",
        "containerd://1.7.27 | v1.33.1-eks-1abbcce | kubelet containerd my-agent",
        "containerd://1.7.27 | v1.33.1-gke.1744000 | kubelet containerd my-agent",
        "cri-o://1.33.0 | v1.33.1 | kubelet crio my-agent",
        "docker://28.0.1 | v1.33.1 | kubelet containerd docker my-agent",
        "containerd://2.0.5-k3s1 | v1.33.1+k3s1 | k3s k3s-agent my-agent",
        "docker://28.0.1 | v1.33.1+k3s1 | containerd docker k3s k3s-agent my-agent",
        "containerd://2.0.5-k3s1 | v1.33.1+rke2r1 | rke2-server rke2-agent my-agent",
        "containerd://2.0.5 | v1.33.1+k0s | kubelet containerd my-agent"
      })
  void servicesOfANodeFollowFromItsRuntimeAndItsDistribution(
      String runtime, String version, String expected) {
    assertEquals(expected, String.join(" ", possible("linux", runtime, version)));
  }

  @ParameterizedTest
  @CsvSource({"'',v1.36.2", "rkt://1.0,v1.36.2", "containerd://2.0,''"})
  void nodeOfAnUnknownRuntimeIsAskedForEverything(String runtime, String version) {
    assertEquals(ALL, possible("linux", runtime, version));
  }

  @Test
  void windowsNodeKeepsTheServicesThatLogUnderTheirOwnNames() {
    assertEquals(
        List.of("kubelet", "containerd", "rke2-server", "rke2-agent", "my-agent"),
        possible("windows", "containerd://2.0.5-k3s1", "v1.33.1+rke2r1"));
  }

  @Test
  void reasonNamesWhatTheNodeReports() {
    var node = node("linux", "containerd://2.1.9", "v1.33.1+k3s1");
    assertEquals(
        List.of(
            Optional.of("the container runtime of the node is containerd://2.1.9"),
            Optional.of("the kubelet of the node is v1.33.1+k3s1"),
            Optional.of("it is part of the service k3s of v1.33.1+k3s1")),
        List.of(
            NodeServices.whyMissing(node, "crio"),
            NodeServices.whyMissing(node, "rke2-agent"),
            NodeServices.whyMissing(node, "kubelet")));
  }

  private static List<String> possible(String os, String runtime, String version) {
    var node = node(os, runtime, version);
    return ALL.stream()
        .filter(service -> NodeServices.whyMissing(node, service).isEmpty())
        .toList();
  }

  private static NodeSummary node(String os, String runtime, String version) {
    return new NodeSummary("n", os, version, runtime, true, Map.of());
  }
}
