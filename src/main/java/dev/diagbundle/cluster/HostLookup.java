package dev.diagbundle.cluster;

import module java.base;

import okhttp3.Dns;

/// The lookup of hosts, which an interrupt, the end of the client and a timeout end. The operating
/// system's lookup cannot be ended, so it runs on a thread of its own. Safe for use by many
/// threads.
final class HostLookup implements Dns, Closeable {
  private final Duration most;
  private final CompletableFuture<List<InetAddress>> closed = new CompletableFuture<>();

  HostLookup(Duration most) {
    this.most = most;
  }

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    try {
      return List.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException e) {
      return resolved(host);
    }
  }

  private List<InetAddress> resolved(String host) throws UnknownHostException {
    var result = new CompletableFuture<List<InetAddress>>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            result.complete(List.of(InetAddress.getAllByName(host)));
          } catch (UnknownHostException | RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    try {
      result.acceptEither(closed, addresses -> {}).get(most.toNanos(), TimeUnit.NANOSECONDS);
      return closed.isDone() ? closed.join() : result.join();
    } catch (InterruptedException e) {
      // OkHttp's interface has no other way; the caller looks at the flag.
      Thread.currentThread().interrupt();
      throw new UnknownHostException(host);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnknownHostException(host);
    }
  }

  @Override
  public void close() {
    closed.completeExceptionally(new IOException("closed"));
  }
}
