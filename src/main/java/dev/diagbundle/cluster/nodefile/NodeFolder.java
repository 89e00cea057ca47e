package dev.diagbundle.cluster.nodefile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestOrigin;

/// A folder below a node's log folder, as it was listed.
///
/// @param problems defects of the list, in words; empty if it is complete
/// @param print hash of the list and of the time of the folder's last change: folders with equal
///   ones are most likely one, seen through a symbolic link
public record NodeFolder(List<String> problems, String print) {
  public NodeFolder {
    problems = List.copyOf(problems);
  }

  /// Lists a folder.
  ///
  /// @param to receives each name as a path; it must not send requests to the node
  /// @throws RequestFailedException if it does not exist or may not be read
  public static NodeFolder read(
      Cluster cluster, String node, LogPath folder, RequestOrigin caller, Consumer<LogPath> to)
      throws IOException, InterruptedException {
    var digest = sha256();
    var problems = new ArrayList<String>();
    try (var answer = cluster.fetch(Request.raw(folder.url(node), caller))) {
      var body = new BufferedInputStream(new DigestInputStream(answer.body(), digest));
      // A file supports range requests; a list does not.
      boolean file = answer.header("Accept-Ranges").isPresent();
      if (!answer.contentType().startsWith("text/html")) {
        problems.add("returned something other than a directory listing");
      } else if (file || !DirectoryListing.beginsIn(body)) {
        problems.add("returned its index.html instead of a directory listing");
      } else {
        var listing = DirectoryListing.read(body, name -> to.accept(folder.child(name)));
        listing.missing().ifPresent(problems::add);
        if (listing.odd() > 0) {
          problems.add(listing.odd() + " of its links are not valid file names");
        }
      }
      answer.header("Last-Modified").ifPresent(time -> digest.update(time.getBytes(US_ASCII)));
    }
    return new NodeFolder(problems, HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
