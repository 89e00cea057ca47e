package dev.diagbundle.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.checks.CheckIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeaningsTest {
  @Test
  void everyCheckOfTheCatalogueHasAMeaningWhateverTheCause() {
    for (String id : CheckIds.ALL) {
      assertFalse(Meanings.of(id, "a cause nobody knows").text().isEmpty(), id);
    }
  }

  @Test
  void everyLineCanHoldForSomeCauseOfACheckThatThereIs() {
    var before = new HashMap<String, List<String>>();
    for (var meaning : Meanings.read()) {
      assertTrue(CheckIds.ALL.contains(meaning.check()), meaning.check());
      var earlier = before.computeIfAbsent(meaning.check(), _ -> new ArrayList<>());
      assertTrue(earlier.stream().noneMatch(meaning.words()::contains), meaning.toString());
      earlier.add(meaning.words());
    }
  }

  @Test
  void allOfItAreWholeSentences() {
    for (var meaning : Meanings.read()) {
      assertTrue(meaning.text().endsWith("."), meaning.toString());
      assertTrue(meaning.remedy().isEmpty() || meaning.remedy().endsWith("."), meaning.toString());
    }
  }

  @Test
  void whatItMeansAndWhatToDoDifferByTheCause() {
    var dns = Meanings.of("pod-image-pull-failure", "registry-dns registry.local/app:9");
    var auth = Meanings.of("pod-image-pull-failure", "auth registry.local/app:9");

    assertTrue(dns.text().contains("own resolver"), dns.text());
    assertTrue(auth.text().contains("credentials"), auth.text());
    assertNotEquals(dns.remedy(), auth.remedy());
    var images = Meanings.of("node-config-risk", "image garbage collection is off").remedy();
    assertTrue(images.contains("imageGCHighThresholdPercent"), images);
    assertFalse(images.contains("machine-id"), images);
  }

  @Test
  void theWordsOfACauseAreFoundInUpperAndLowerCase() {
    var text =
        Meanings.of("pod-unschedulable", "pod has unbound immediate PersistentVolumeClaims").text();

    assertTrue(text.contains("bound to a volume"), text);
  }

  @Test
  void aUsersOwnRuleMeansWhatItsAuthorSays() {
    assertEquals("", Meanings.of("payments-db-lost", "cause").text());
  }
}
