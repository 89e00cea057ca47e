package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "kubelet/**, kubelet/kubelet.log, true",
    "kubelet/**, kubelet/a/b, true",
    "kubelet/**, kubelets/a, false",
    "**/*.gz, a.gz, true",
    "**/*.gz, a/b/c.gz, true",
    "*.log, a.log, true",
    "*.log, a/b.log, false",
    "worker-?, worker-1, true",
    "worker-[0-2], worker-3, false",
    "worker-[!0-2], worker-3, true",
    "'{a,b}.log', b.log, true",
    "a.c, abc, false",
    "*.projectcalico.org, ippools.crd.projectcalico.org, true"
  })
  void globMatches(String glob, String name, boolean expected) {
    assertEquals(expected, new Glob(glob).matches(name));
  }

  @ParameterizedTest
  @CsvSource({
    "kubelet/**, kubelet, true",
    "kubelet/**, kube-proxy, false",
    "kubelet/**, kubelet/a/b, true",
    "**/*.log, anything, true",
    "*.log, apt, false",
    "a/*/c.log, a/b, true",
    "a/*/c.log, a/b/c, false",
    "'{a/b,c}/d', a, true",
    "'{a/b,c}/d', a/b, true",
    "'{a/b,c}/d', b, false"
  })
  void globTellsWhetherAFolderIsWorthALook(String glob, String folder, boolean expected) {
    assertEquals(expected, new Glob(glob).couldMatchBelow(folder));
  }

  @Test
  void lineEndInANameIsACharacterLikeOthers() {
    assertTrue(new Glob("**").matches("odd\n\r.log"));
    assertTrue(new Glob("odd*/**/x?.log").matches("odd\n/a\nb/x\n.log"));
  }

  @Test
  void problemSaysWhatIsWrong() {
    assertEquals(Optional.of("unmatched '['"), Glob.problem("a[b"));
    assertEquals(Optional.of("unmatched '{'"), Glob.problem("{a,b"));
    assertEquals(Optional.of("unmatched '}'"), Glob.problem("a}"));
    assertEquals(Optional.of("it is empty"), Glob.problem(""));
    assertEquals(Optional.empty(), Glob.problem("a+(b)|c$"));
  }
}
