package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// An etcd that is out of space, has no leader, or is slow: writes fail, although reads and health
/// checks may succeed.
final class EtcdUnhealthy extends Rule {
  private static final ObjectName ETCD = new ObjectName("etcd", "", "etcd");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int SLOW = 50;

  /// The messages, the most specific first.
  private static final List<String> TEXTS =
      List.of(
          "mvcc: database space exceeded",
          "alarm:NOSPACE",
          "etcdserver: no leader",
          "etcdserver: request timed out",
          "etcdserver: leader changed");

  private static final List<String> WORDS =
      List.of(
          "is out of space and rejects writes",
          "is out of space and rejects writes",
          "has no leader",
          "does not respond in time",
          "changed its leader");

  EtcdUnhealthy() {
    super(
        "etcd-unhealthy",
        Layer.CONTROL_PLANE,
        "Out of space: compact, defragment, and disarm the alarm. No leader: restore the"
            + " quorum, or restore the latest snapshot.",
        KUBERNETES + "tasks/administer-cluster/configure-upgrade-etcd/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var bursts = new TreeMap<Integer, Burst>();
    var slow = new Burst(SLOW, HOUR);
    var checks = new ArrayList<LogLine>();
    for (String paths :
        List.of(
            "nodes/*/services/*",
            "nodes/*/files/**",
            "cluster-resources/pods/logs/kube-system/**")) {
      interests.lines(
          paths,
          TEXTS,
          String.join("|", TEXTS),
          line -> bursts.computeIfAbsent(rank(line.text()), _ -> new Burst(1, HOUR)).add(line));
    }
    interests.lines(
        "cluster-resources/pods/logs/kube-system/etcd-*/**",
        List.of("took too long", "slow fdatasync"),
        "apply request took too long|slow fdatasync",
        slow::add);
    for (String path : List.of("api/readyz", "api/livez")) {
      interests.lines(path, List.of("]etcd"), "^\\[-\\]etcd\\S* failed", checks::add);
    }
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      // One finding, by the most specific of its signs.
      bursts.forEach((rank, burst) -> {
        var hit = ofBurst(Severity.CRITICAL, WORDS.get(rank), burst);
        groups.add(burst.isWithin(HOUR, burst.newest().orElseThrow().read()) ? hit : hit.over());
      });
      for (LogLine line : checks) {
        groups.add(
            Hit.of(Severity.CRITICAL, "unhealthy", ETCD, line.evidence())
                .detail("fails the API server's health check"));
      }
      var pods = facts.pods().stream().filter(EtcdUnhealthy::isEtcd).toList();
      for (PodFact pod : pods) {
        if (!pod.ready().isTrue() && !pod.isOver()) {
          groups.add(
              Hit.of(
                      Severity.CRITICAL,
                      "unhealthy",
                      pod,
                      facts,
                      pod.place().saying("pod " + pod.name().path() + ": " + Workload.reason(pod)))
                  .detail("has an unready member, " + pod.name().name()));
        }
      }
      if (slow.isReached()) {
        var hit = ofBurst(Severity.WARNING, "has a slow disk", slow);
        groups.add(slow.isWithin(HOUR, slow.newest().orElseThrow().read()) ? hit : hit.over());
      }
      if (pods.isEmpty()) {
        conclusion.unknown("etcd: none of its pods is visible");
      }
      conclusion.found(groups, group -> "etcd " + group.detail());
    };
  }

  private static Hit ofBurst(Severity severity, String words, Burst burst) {
    return Hit.of(severity, severity == Severity.CRITICAL ? "unhealthy" : "slow", ETCD)
        .and(burst.evidence())
        .times(burst.total())
        .seen(burst.first(), burst.last())
        .detail(words);
  }

  private static int rank(String line) {
    for (int i = 0; i < TEXTS.size(); i++) {
      if (line.contains(TEXTS.get(i))) {
        return i;
      }
    }
    return TEXTS.size() - 1;
  }

  static boolean isEtcd(PodFact pod) {
    return pod.name().namespace().equals("kube-system")
        && (pod.name().name().startsWith("etcd-") || "etcd".equals(pod.labels().get("component")))
        && (pod.settings().mirror() || "etcd".equals(pod.labels().get("component")));
  }
}
