package dev.diagbundle.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.load.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemProblemsTest {
  private static final String HEAD =
      "apiVersion: diagbundle.dev/v1\nkind: Profile\nname: x\ncollect:\n";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "nodeLog: {} | 5:3: unknown item kind 'nodeLog', did you mean 'nodeLogs'?",
        "secrets: {} | 5:3: unknown item kind 'secrets'",
        "events | 5:3: expected an item such as 'events: {}', got 'events'",
        "{} | 5:3: expected an item such as 'events: {}', got an empty map",
        "{events: {}, nodeDescribe: {}} | 5:16: item has 2 kinds, 'events' and 'nodeDescribe'",
        "{nodeLogs: {services: [a]}, window: 1h} | 5:31: key 'window' must be nested under 'nodeLogs'",
        "events: [] | 5:11: expected a map, got a list",
        "nodeLogs: | 5:3: missing required key 'services'",
        "nodeLogs: {services: kubelet} | 5:24: expected a list, got 'kubelet'",
        "nodeLogs: {services: [42]} | 5:25: expected a service such as kubelet, got 42",
        "nodeLogs: {services: [a b]} | 5:25: expected a service such as kubelet, got 'a b'",
        "nodeLogs: {services: [kubelet.service]} | 5:25: service 'kubelet.service' has the suffix '.service'",
        "nodeLogs: {services: [./syslog]} | 5:25: service './syslog' is a path",
        "nodeLogs: {services: [a\\b]} | 5:25: service 'a\\b' is a path",
        "nodeLogs: {services: [a], boot: 1} | 5:35: expected a whole number from -100 to 0, got 1",
        "nodeLogs: {services: [a], pattern: '(?=a)'} | 5:38: invalid regular expression '(?=a)': invalid or unsupported Perl syntax: `(?=`",
        "nodeLogs: {services: [a], codePage: 932} | 5:39: expected a code page such as 850, got '932'",
        "nodeFiles: {include: [/var/log/x]} | 5:25: glob '/var/log/x' is not relative to the node's log folder",
        "nodeFiles: {include: ['C:\\x']} | 5:25: glob 'C:\\x' is not relative to the node's log folder",
        "nodeFiles: {include: [a/../b]} | 5:25: glob 'a/../b' is outside the node's log folder",
        "nodeFiles: {include: ['{a/b,c}']} | 5:25: invalid glob '{a/b,c}': '/' inside brackets",
        "nodeFiles: {include: ['{a']} | 5:25: invalid glob '{a': unmatched '{'",
        "nodeFiles: {include: [a], tail: -1} | 5:35: expected a size such as 100MiB, got '-1'",
        "nodeFiles: {exclude: [a]} | 5:3: missing required key 'include'",
        "kubelet: {endpoints: [/pods]} | 5:25: endpoint '/pods' begins with a slash",
        "kubelet: {endpoints: [a/../run]} | 5:25: expected an endpoint such as configz or stats/summary, got 'a/../run'",
        "kubelet: {endpoints: ['pods?x']} | 5:25: expected an endpoint such as configz or stats/summary, got 'pods?x'",
        "clusterDump: {} | 5:3: missing required key 'resources' or 'crds'",
        "clusterDump: {resources: [Pod]} | 5:29: expected a resource such as pods, ippools.crd.projectcalico.org or *.apps, got 'Pod'",
        "clusterDump: {crds: ['*.{a']} | 5:24: invalid glob '*.{a': unmatched '{'",
        "podLogs: {selector: 'a in ()x'} | 5:23: invalid label selector 'a in ()x'",
        "podLogs: {pods: '(a'} | 5:19: invalid regular expression '(a': Unclosed group",
        "podLogs: {previous: yes} | 5:23: expected true or false, got 'yes'",
        "podLogs: {tailLines: 0} | 5:24: expected a whole number from 1 to 10000000, got 0",
        "podLogs: {tail: 10} | 5:13: unknown key 'tail', did you mean 'tailLines'?",
        "podLogs: {excludePods: '(a'} | 5:26: invalid regular expression '(a': Unclosed group",
        "podLogs: {excludeContainers: '[a'} | 5:32: invalid regular expression '[a': Unclosed character class",
        "podLogs: {states: [runing]} | 5:22: unknown container state 'runing', did you mean 'running'?",
        "podLogs: {states: running} | 5:21: expected a list, got 'running'",
        "podLogs: {workloads: [web]} | 5:25: expected a workload such as deployment/web, got 'web'",
        "podLogs: {workloads: [node/web]} | 5:25: expected a workload such as deployment/web, got 'node/web'",
        "podLogs: {fieldSelector: spec.image=x} | 5:28: invalid field selector 'spec.image=x'",
        "podLogs: {init: no} | 5:19: expected true or false, got 'no'",
        "podLogs: {rotated: yes} | 5:22: expected true or false, got 'yes'",
        "apiPaths: {paths: [livez]} | 5:22: API path 'livez' does not begin with a slash",
        "apiPaths: {paths: [/a b]} | 5:22: expected a path such as /livez?verbose, got '/a b'",
        "apiPaths: {paths: [/a/../b]} | 5:22: API path '/a/../b' contains '..' or an encoded '.' or '/'",
        "apiPaths: {paths: [/a/%2E./b]} | 5:22: API path '/a/%2E./b' contains '..' or an encoded '.' or '/'",
        "apiPaths: {paths: ['/api/v1/pods?watch=1']} | 5:22: API path '/api/v1/pods?watch=1' is an endless stream",
        "apiPaths: {paths: [/api/v1/secrets]} | 5:22: API path '/api/v1/secrets' reads Secrets",
        "apiPaths: {paths: [/api/v1/nodes/n/proxy/run]} | 5:22: API path '/api/v1/nodes/n/proxy/run' is a path of a kubelet",
        "apiPaths: {paths: [/api/v1/namespaces/a/pods/b/exec]} | 5:22: API path '/api/v1/namespaces/a/pods/b/exec' is not read-only",
        "events: {name: a/b} | 5:18: expected a name such as cni-logs, got 'a/b'",
        "events: {limits: {bundle: 1MB}} | 5:21: unknown key 'bundle'",
        "events: {window: x} | 5:20: expected a duration such as 6h, got 'x'",
        "events: {nodes: {selector: '='}} | 5:30: invalid label selector '='",
      })
  void aWrongItemIsReportedWhereItStands(String item, String expected) throws IOException {
    assertEquals(List.of(expected), messages(HEAD + "- " + item + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "exec",
        "attach",
        "portForward",
        "checkpoint",
        "debug/flags",
        "cri",
        "run/a/b/c",
        "EXEC/a/b/c",
        "debug/flags/v"
      })
  void anEndpointThatActsIsRefused(String endpoint) throws IOException {
    assertEquals(
        List.of("5:25: endpoint '" + endpoint + "' is not read-only"),
        messages(HEAD + "- kubelet: {endpoints: [" + endpoint + "]}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubelet: {endpoints: [healthz, debug/pprof/heap, metrics/cadvisor, runningpods/]}",
        "nodeLogs: {services: [snap.kubelet.daemon, 'getty@tty1', 'a:b', Microsoft-Windows-DNS_x]}",
        "nodeFiles: {include: ['**/*.log', 'pods/{a,b}_*/**', '[!a]*'], tail: 20 MiB}",
        "nodeFiles: {include: [a], tail: 4096}",
        "podLogs: {selector: 'app.kubernetes.io/name in (a, b),!canary, tier!=db,x,y=,z>3'}",
        "podLogs: {workloads: [deploy/web, sts/db, svc/x.y], states: [all], fieldSelector: 'spec.nodeName==n1,status.phase!=Failed'}",
        "clusterDump: {resources: ['*'], exclude: [secrets, events.events.k8s.io]}",
        "apiPaths: {paths: ['/livez?verbose', '/api/v1/pods?limit=5&labelSelector=a%3Db', /]}",
        "events: {name: a, window: 1h30m, nodes: {}, limits: {item: 1MB}}",
        "events: null",
      })
  void aRightItemHasNoProblem(String item) throws IOException {
    assertEquals(List.of(), messages(HEAD + "- " + item + "\n"));
  }

  @Test
  void itemsOfOneNameAreReportedAtTheSecond() throws IOException {
    assertEquals(
        List.of(
            "6:3: duplicate item name 'events', first at line 5",
            "7:25: duplicate item name 'events', first at line 5"),
        messages(HEAD + "- events: {}\n- events: {}\n- nodeDescribe: { name: events }\n"));
  }

  @Test
  void keysBesideTheirKindAreExplained() throws IOException {
    assertEquals(
        List.of(
            "5:3: missing required key 'services'",
            "6:3: key 'services' must be nested under 'nodeLogs'"),
        messages(HEAD + "- nodeLogs:\n  services: [kubelet]\n"));
  }

  @Test
  void aServiceWithSuffixComesWithTheBareName() throws IOException {
    assertEquals(
        Optional.of("omit the suffix: kubelet"),
        problems(HEAD + "- nodeLogs: {services: [kubelet.service]}\n").getFirst().hint());
  }

  @Test
  void aServiceNameHasASaneLength() throws IOException {
    assertEquals(
        List.of("5:25: expected a service such as kubelet of at most 256 characters, got 300"),
        messages(HEAD + "- nodeLogs: {services: [" + "a".repeat(300) + "]}\n"));
  }

  @Test
  void aRegularExpressionOfManyGroupsIsRefusedOrAcceptedButNeverFatal() throws IOException {
    var regex = "(".repeat(500) + "a" + ")".repeat(500);
    messages(HEAD + "- podLogs: {pods: '" + regex + "'}\n");
  }

  private List<String> messages(String yaml) throws IOException {
    return problems(yaml).stream()
        .map(Problem::message)
        .map(text -> text.replace(folder.resolve("x.yaml") + ":", ""))
        .toList();
  }

  private List<Problem> problems(String yaml) throws IOException {
    return ProfileValidator.validate(Files.writeString(folder.resolve("x.yaml"), yaml));
  }
}
