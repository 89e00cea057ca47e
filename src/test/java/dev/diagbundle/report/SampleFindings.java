package dev.diagbundle.report;

import java.io.IOException;

/// The sample bundle with what an analysis could have found in it.
public final class SampleFindings {
  private SampleFindings() {}

  public static MemoryBundle create() throws IOException {
    return SampleBundle.create().file("findings.json", text());
  }

  /// A file with these root findings.
  static String json(String findings) {
    return "{\"format\":\"diagbundle.dev/findings/v1\",\"rootFindings\":["
        + findings
        + "],\"results\":[{\"id\":\"x\",\"cluster\":\"\",\"result\":\"fired\",\"missing\":[]}]}";
  }

  /// A root finding whose texts are all the same.
  static String finding(String id, String text, String path, String line) {
    return """
    {"id":"%s","cluster":"","severity":"critical","layer":"%s","recovered":false,"title":"%s",
     "cause":"%s","count":1,"occurrences":2,"firstSeen":"2026-11-21T04:00:00Z",
     "lastSeen":"2026-11-21T04:30:00Z","objects":[{"kind":"Pod","namespace":"%s","name":"%s"}],
     "owners":[],"nodes":["%s"],"evidence":[{"path":"%s","from":3,"to":3,"lines":["%s"]}],
     "remedy":"%s","docs":"javascript:alert(1)","symptoms":[]}
    """
        .formatted(id, text, text, text, text, text, text, path, line, text);
  }

  private static String text() {
    return """
    {"format":"diagbundle.dev/findings/v1","bundle":"x",
     "checks":{"total":3,"ran":2,"unknown":1},
     "bundleFindings":[{"id":"bundle-incomplete","severity":"critical","layer":"bundle",
       "title":"The list of pods is not whole","cause":"pods","remedy":"Collect again.",
       "evidence":[]}],
     "rootFindings":[
      {"id":"node-not-ready","cluster":"","severity":"critical","layer":"node","recovered":false,
       "title":"1 of 3 nodes not ready: kubelet stopped posting","cause":"silent","count":1,
       "occurrences":4,"firstSeen":"2026-11-21T04:01:00Z","lastSeen":"2026-11-21T04:44:00Z",
       "objects":[{"kind":"Node","namespace":"","name":"rig-3"}],"owners":[],"nodes":["rig-3"],
       "evidence":[{"path":"nodes/rig-3/describe.txt","from":1,"to":2,
         "lines":["Ready Unknown Kubelet stopped posting node status.","next"]},
         {"path":"gone.txt","from":0,"to":0,"lines":[]}],
       "remedy":"Check the power. Restart the kubelet.",
       "docs":"https://kubernetes.io/docs/concepts/architecture/nodes/",
       "symptoms":[{"id":"pod-waits","severity":"warning","layer":"workload",
         "title":"Pod shop/db-0 waits for its node","objects":[
         {"kind":"Pod","namespace":"shop","name":"db-0"}],"symptoms":[]}]},
      {"id":"pod-crash-loop","cluster":"","severity":"critical","layer":"workload",
       "recovered":false,"title":"Pod shop/crash: container app exits with code 3","cause":"3",
       "count":1,"occurrences":1,"objects":[{"kind":"Pod","namespace":"shop","name":"crash"}],
       "owners":[],"nodes":["rig-1"],"evidence":[{"path":
       "cluster-resources/pods/logs/shop/crash/app.log","from":2,"to":2,"lines":["exit 3"]}],
       "remedy":"Read the last words.","docs":"https://kubernetes.io/docs/","symptoms":[]},
      {"id":"dns","cluster":"","severity":"warning","layer":"node","recovered":false,
       "title":"No cluster DNS","cause":"none","count":0,"occurrences":1,"objects":[],"owners":[],
       "nodes":[],"evidence":[],"remedy":"Set clusterDNS.","docs":"","symptoms":[]}],
     "collectionFindings":[{"id":"log-incomplete","severity":"info","layer":"collection",
       "title":"A log is shorter than the window","cause":"x","remedy":"Collect earlier.",
       "evidence":[]}],
     "results":[{"id":"node-not-ready","cluster":"","result":"fired","missing":[]},
      {"id":"quiet","cluster":"","result":"clear","missing":[]},
      {"id":"flapping","cluster":"","result":"unknown","missing":["kubelet logs: not collected"]}]}
    """;
  }
}
