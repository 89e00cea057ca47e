/// Access to one Kubernetes API server: requests, streaming responses, lists in chunks, discovery.
/// The entry point is [Cluster]; [OkHttpCluster] opens one. Only this package uses OkHttp; it
/// contains the rules of retries, rate limits and timeouts. It depends neither on profiles nor on
/// bundles, nor on those of its sub-packages that read logs and files through it; `tls` and
/// `socket` are below it.
@NullMarked
package dev.diagbundle.cluster;

import org.jspecify.annotations.NullMarked;
