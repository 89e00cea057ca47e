package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;

/// Objects and events of the namespace `shop` for tests of rules, as short as they can be.
public final class SampleObjects {
  private SampleObjects() {}

  /// An object with a spec and a status, an hour old.
  public static String object(String name, String spec, String status) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'shop','uid':'u-"
            + name
            + "','generation':1,'creationTimestamp':'2026-11-21T02:00:00Z'},'spec':"
            + spec
            + ",'status':"
            + status
            + "}");
  }

  /// An event about an object of this name, from 03:00 to 03:12.
  public static String event(String reason, String kind, String name, String message) {
    return json(
        "{'reason':'"
            + reason
            + "','count':4,'firstTimestamp':'2026-11-21T03:00:00Z','lastTimestamp':"
            + "'2026-11-21T03:12:00Z','message':'"
            + message
            + "','involvedObject':{'kind':'"
            + kind
            + "','namespace':'shop','name':'"
            + name
            + "','uid':'u-"
            + name
            + "'}}");
  }

  /// A pod of the namespace `shop` that belongs to a controller and uses a claim.
  static String owned(String name, String kind, String owner, String claim, String status) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'shop','uid':'u-"
            + name
            + "','creationTimestamp':'2026-11-21T02:00:00Z','ownerReferences':[{'kind':'"
            + kind
            + "','name':'"
            + owner
            + "','controller':true}]},'spec':{'nodeName':'n1','restartPolicy':'Always','containers':"
            + "[{'name':'app','image':'r.example/app:1'}],'volumes':["
            + (claim.isEmpty()
                ? ""
                : "{'name':'data','persistentVolumeClaim':{'claimName':'" + claim + "'}}")
            + "]},'status':"
            + status
            + "}");
  }

  /// A status of a pod that is not ready since three o'clock.
  static final String UNREADY =
      "{'phase':'Pending','conditions':[{'type':'Ready','status':'False',"
          + "'lastTransitionTime':'2026-11-21T03:00:00Z'}],'containerStatuses':[{'name':'app',"
          + "'state':{'waiting':{'reason':'ContainerCreating'}}}]}";

  static final String READY = "{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}";

  static String node(String name, String ready) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','uid':'u-"
            + name
            + "','creationTimestamp':'2026-11-01T00:00:00Z'},'spec':{},'status':{'allocatable':"
            + "{'cpu':'2','memory':'4Gi'},'conditions':[{'type':'Ready','status':'"
            + ready
            + "','reason':'r','lastTransitionTime':'2026-11-21T03:00:00Z'}]}}");
  }
}
