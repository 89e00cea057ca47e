package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.rule.Rule;
import java.util.List;

/// The registry of all built-in rules. Rules about the state of containers are in the order in
/// which they may claim one: the first that explains a container gets it.
public final class RuleRegistry {
  private static final List<Rule> ALL =
      List.of(
          // The state of containers: the order is that of claims.
          new PodConfigMissing(),
          new PodImagePullFailure(),
          new PodStartError(),
          new PodInitFailed(),
          new PodOomKilled(),
          new PodProbeFailing(),
          new PodCrashLoop(),
          new PodRestartedRecently(),
          // All others, by name.
          new AppNetworkErrors(),
          new BundleIncomplete(),
          new ClockSkew(),
          new CniIpExhausted(),
          new CniNotReady(),
          new CollectForbidden(),
          new CollectNodeUnreachable(),
          new DnsNotConfigured(),
          new DnsUnavailable(),
          new EventsIncomplete(),
          new ExternalEntryBroken(),
          new FlannelNotStarted(),
          new KubeProxyDegraded(),
          new LogBodyIsError(),
          new LogIncomplete(),
          new NetworkPolicyIsolates(),
          new NodeConfigRisk(),
          new NodeCordoned(),
          new NodeDiskPressure(),
          new NodeFlapping(),
          new NodeMemoryPidPressure(),
          new NodeNotReady(),
          new NodeProblemReported(),
          new NodeRuntimeDown(),
          new NodelogQueryDisabled(),
          new NodesMassNotReady(),
          new OsImageMismatch(),
          new PodSandboxFailure(),
          new PodUnschedulable(),
          new ServiceNoEndpoints(),
          new ServicePortMismatch(),
          new WindowsHnsBroken(),
          // Storage.
          new PvcPending(),
          new VolumeAttachFailed(),
          new VolumeLost(),
          new VolumeMountFailed(),
          new VolumeNearlyFull(),
          // Workloads.
          new DaemonsetIncomplete(),
          new PodCreationBlocked(),
          new RolloutStalled(),
          new StatefulsetStuck(),
          new WorkloadUnavailable(),
          // The control plane.
          new ApiserverUnhealthy(),
          new ApiserviceUnavailable(),
          new CertificateExpiry(),
          new ControllersInactive(),
          new EtcdUnhealthy(),
          new WebhookFailing(),
          // The bundle itself, jobs, and recommendations.
          new AppliedFieldDropped(),
          new AuditGap(),
          new BundleCollectorOverprivileged(),
          new BundleSecretLeak(),
          new BundleUnredactableContent(),
          new BundleUnsafeEntry(),
          new CronjobNotRunning(),
          new DebugArtifactsLeft(),
          new DisruptionBlocked(),
          new HpaNotScaling(),
          new JobFailed(),
          new ObjectStuckTerminating(),
          new PodEvictedOrRejected(),
          new ResilienceGap());

  private RuleRegistry() {}

  public static List<Rule> all() {
    return ALL;
  }
}
