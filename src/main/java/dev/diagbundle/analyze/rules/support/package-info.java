/// Knowledge of Kubernetes that several rules share: workloads, webhooks, ports, network policies,
/// kubelet configuration, certificates, cron schedules. Start with [Workload].
///
/// It does not depend on the rules, and reports no findings.
@NullMarked
package dev.diagbundle.analyze.rules.support;

import org.jspecify.annotations.NullMarked;
