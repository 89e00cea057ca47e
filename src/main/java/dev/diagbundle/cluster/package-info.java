/// Access to one Kubernetes API server: requests, streaming responses, lists in chunks, discovery,
/// kubeconfig. The port is [Cluster]; [KubeConnection] opens one. This room owns fabric8 and
/// OkHttp, and the rules of retry, rate limits and timeouts. It knows neither profiles nor bundles;
/// this package knows none of its sub-packages, which read logs and files over it.
@NullMarked
package dev.diagbundle.cluster;

import org.jspecify.annotations.NullMarked;
