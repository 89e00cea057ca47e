package dev.diagbundle.collect.check;

import module java.base;

import dev.diagbundle.cluster.AccessDecision;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.ServerInfo;
import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.collect.Deadline;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.source.NodeSelector;
import dev.diagbundle.collect.source.RequiredRight;
import dev.diagbundle.collect.source.RequiredRights;
import dev.diagbundle.collect.source.TypeLookup;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.ItemSpec;

/// The check of a cluster before a run: whether the user has all rights that the run needs, and
/// whether the nodes would answer. It reads no log, and no objects except nodes and the names of
/// types.
///
/// Rights are reviewed one by one ([dev.diagbundle.cluster.AccessReview] explains why), some dozens
/// for a profile, with as many requests in parallel as the profile allows.
public final class Preflight {
  private static final String LATE = "not checked: timed out";

  /// The origin of requests that are retried once after a transient failure: an unanswered one
  /// would be a false alarm.
  private static final RequestOrigin CALLER = new RequestOrigin("", "", 1);

  private final CollectRequest request;
  private final Clock clock;
  private final ClientOptions manners;

  /// A check of the needs of a run of this request.
  ///
  /// @param clock the local clock
  /// @param manners client options for the cluster, except the rate, which the profile's limits
  ///   define
  public Preflight(CollectRequest request, Clock clock, ClientOptions manners) {
    this.request = request;
    this.clock = clock;
    this.manners = manners.withRequestsPerSecond(request.profile().limits().requestsPerSecond());
  }

  /// Performs the check.
  ///
  /// @throws DiagbundleException if the cluster cannot be reached
  public PreflightResult run() throws DiagbundleException, InterruptedException {
    var limits = request.profile().limits();
    var agent = "diagbundle/" + request.toolVersion();
    try (var cluster = open(agent, limits.deadline())) {
      var handshake = ServerInfo.read(cluster, clock);
      var calls = new BoundedParallel(limits.concurrency(), limits.deadline(), manners.ticker());
      var types = new TypeLookup(cluster);
      var needs =
          RequiredRights.of(
              request.items(),
              request.selection().namespaces(),
              request.selection().nodes(),
              types);
      var problems = new ArrayList<>(types.problems());
      var findings = nodes(cluster, needs.nodeItems(), calls, problems);
      var checked = new ArrayList<CheckedRight>();
      for (CheckedRight need : rights(cluster, needs.all(), calls)) {
        checked.add(provenByNodes(need, findings));
      }
      return new PreflightResult(
          cluster.server(),
          handshake.gitVersion(),
          handshake.skew(),
          checked,
          findings.stream().map(NodeCheck.Finding::node).toList(),
          problems);
    } catch (IOException e) {
      throw new DiagbundleException(Problem.failure("the check failed: " + e.getMessage()), e);
    }
  }

  /// Opens the client within the deadline: a credential plugin may wait for its user.
  private Cluster open(String agent, Duration deadline)
      throws DiagbundleException, InterruptedException {
    var waiting = Thread.currentThread();
    var late = new AtomicBoolean();
    try (var _ =
        new Deadline(
            deadline,
            () -> {
              late.set(true);
              waiting.interrupt();
            })) {
      return OkHttpCluster.open(request.connection(), clock, agent, sent -> {}, manners);
    } catch (InterruptedException e) {
      if (!late.get()) {
        throw e;
      }
      throw new DiagbundleException(
          Problem.failure("no credentials within the deadline of " + DurationText.format(deadline)),
          e);
    }
  }

  private List<CheckedRight> rights(
      Cluster cluster, List<RequiredRight> needs, BoundedParallel calls)
      throws InterruptedException {
    var questions = new ArrayList<Callable<CheckedRight>>();
    needs.forEach(need -> questions.add(() -> new CheckedRight(need, ask(cluster, need))));
    var answers = calls.run(questions);
    var checked = new ArrayList<CheckedRight>();
    for (int i = 0; i < needs.size(); i++) {
      var late =
          new CheckedRight(needs.get(i), new AccessDecision(AccessDecision.State.UNKNOWN, LATE));
      checked.add(answers.get(i).orElse(late));
    }
    return checked;
  }

  private static AccessDecision ask(Cluster cluster, RequiredRight need)
      throws InterruptedException {
    var access = AccessDecision.mayI(cluster, need.right(), CALLER);
    if (access.state() != AccessDecision.State.DENIED || need.instead().isEmpty()) {
      return access;
    }
    var missing = new ArrayList<String>();
    for (AccessRight right : need.instead()) {
      if (!AccessDecision.mayI(cluster, right, CALLER).isAllowed()) {
        missing.add(right.text());
      }
    }
    if (missing.isEmpty()) {
      var instead =
          need.instead().stream().map(AccessRight::text).collect(Collectors.joining(", "));
      return new AccessDecision(AccessDecision.State.ALLOWED, "by " + instead);
    }
    return missing.size() < need.instead().size()
        ? new AccessDecision(AccessDecision.State.DENIED, "missing: " + String.join(", ", missing))
        : access;
  }

  private List<NodeCheck.Finding> nodes(
      Cluster cluster, List<ItemSpec> items, BoundedParallel calls, List<String> problems)
      throws InterruptedException {
    var checks = new ArrayList<NodeCheck>();
    try {
      var wanted = NodeSelector.in(request.selection().nodes());
      ObjectList.read(
          cluster,
          ResourceType.NODES.path(""),
          CALLER,
          node -> {
            var facts = NodeSummary.of(node);
            if (wanted.test(facts)) {
              checks.add(NodeCheck.of(facts, items, item -> concerns(item, facts)));
            }
          });
      if (checks.isEmpty()) {
        problems.add("no node of the cluster matches");
      }
    } catch (IOException e) {
      problems.add("unknown nodes of the cluster: " + ErrorClassifier.of(e).getMessage());
    }
    var questions = new ArrayList<Callable<NodeCheck.Finding>>();
    checks.forEach(check -> questions.add(() -> check.run(cluster, clock)));
    var answers = calls.run(questions);
    var findings = new ArrayList<NodeCheck.Finding>();
    for (int i = 0; i < checks.size(); i++) {
      findings.add(answers.get(i).orElse(checks.get(i).unasked()));
    }
    return findings;
  }

  private boolean concerns(ItemSpec item, NodeSummary node) {
    return NodeSelector.in(item.common().nodes().orElse(request.profile().nodes())).test(node);
  }

  /// The right, checked node by node. A rule may name nodes: a user who is refused all of them may
  /// still have access to each node of the run, which is sufficient.
  private static CheckedRight provenByNodes(CheckedRight need, List<NodeCheck.Finding> findings) {
    boolean general =
        need.need().right() instanceof AccessRight.OnObjects right
            && right.path().equals("nodes/proxy")
            && right.name().isEmpty();
    var asked = findings.stream().filter(NodeCheck.Finding::isAsked).toList();
    boolean proven =
        general
            && need.access().state() == AccessDecision.State.DENIED
            && !asked.isEmpty()
            && asked.stream().allMatch(finding -> finding.allowed().equals(Optional.of(true)));
    return proven
        ? new CheckedRight(
            need.need(),
            new AccessDecision(AccessDecision.State.ALLOWED, "for the nodes listed below"))
        : need;
  }
}
