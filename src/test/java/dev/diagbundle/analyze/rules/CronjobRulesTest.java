package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.rules.SampleObjects.event;
import static dev.diagbundle.analyze.rules.SampleObjects.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.support.CronSchedule;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When CronJobs are due, and the rule about those that do not run. Everything was read at
/// 03:15:04.
final class CronjobRulesTest {
  private static final Instant NOW = ClusterBundle.NOW;

  @Test
  void timesBeforeAreThoseOfTheSchedule() {
    assertEquals(times("03:15", "03:10", "03:05"), before("*/5 * * * *", ""));
    assertEquals(times("03:00", "02:00", "01:00"), before("@hourly", ""));
    assertEquals(times("03:10", "02:40", "02:10"), before("10-59/30 1-3 * NOV sat", ""));
    assertEquals(
        List.of(Instant.parse("2026-11-21T02:30:00Z")),
        before("30 3 21 11 *", "Europe/Paris").subList(0, 1));
    assertEquals(times("01:45:04", "00:15:04"), before("@every 1h30m", "").subList(0, 2));
  }

  @Test
  void dayOfTheMonthAndDayOfTheWeekAreAlternativesIfBothAreNamed() {
    // 20 November 2026 is a Friday, the 15th a Sunday.
    assertEquals(
        List.of(
            Instant.parse("2026-11-20T00:00:00Z"),
            Instant.parse("2026-11-15T00:00:00Z"),
            Instant.parse("2026-11-13T00:00:00Z")),
        before("0 0 15 * 5", ""));
  }

  @Test
  void whatCannotBeReadIsNeverDue() {
    for (var text : List.of("", "* * * *", "61 * * * *", "*/0 * * * *", "a b c d e", "@every x")) {
      assertTrue(CronSchedule.parse(text, "").isEmpty(), text);
    }
    assertTrue(CronSchedule.parse("0 0 * * *", "Nowhere/Atall").isEmpty());
    assertEquals(List.of(), before("0 0 30 2 *", ""));
  }

  @Test
  void cronJobThatMissedTwoRunsDoesNotRunAndOneThatMissedOneMayBeLate() {
    var late = job("a", "*/5 * * * *", "'lastScheduleTime':'2026-11-21T03:05:00Z'");
    var finding = only(late);
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals(
        "CronJob shop/a has not run since 2026-11-21T03:05:00Z: no cause found in the bundle",
        finding.title());
    var ran =
        "'lastScheduleTime':'2026-11-21T03:10:00Z','lastSuccessfulTime':'2026-11-21T03:10:09Z'";
    assertEquals(List.of(), findings(job("a", "*/5 * * * *", ran)));
  }

  @Test
  void cronJobThatRunsWithoutSuccessSaysSo() {
    var finding =
        only(
            job(
                "a",
                "*/5 * * * *",
                "'lastScheduleTime':'2026-11-21T03:15:00Z',"
                    + "'lastSuccessfulTime':'2026-11-21T02:00:09Z'"));
    assertTrue(finding.title().contains("has not succeeded since 2026-11-21T02:00:09Z"));
    assertEquals("its Jobs do not succeed", finding.cause());
  }

  @Test
  void newCronJobHasMissedNothing() {
    assertEquals(List.of(), findings(job("a", "0 0 * * *", "")));
  }

  @Test
  void jobThatHangsAndForbidsOthersIsTheCause() {
    var held =
        job(
                "a",
                "*/5 * * * *",
                "'lastScheduleTime':'2026-11-21T02:00:00Z','active':[{'name':'a-1'}]")
            .replace("\"schedule\"", "\"concurrencyPolicy\":\"Forbid\",\"schedule\"");
    assertTrue(only(held).cause().contains("concurrencyPolicy is Forbid"));
  }

  @Test
  void suspendedCronJobsAreInformationTogether() {
    var suspended =
        job("a", "*/5 * * * *", "").replace("\"schedule\"", "\"suspend\":true,\"schedule\"");
    var finding = only(suspended, suspended.replace("\"a\"", "\"b\""));
    assertEquals(Severity.INFO, finding.severity());
    assertEquals("2 CronJobs shop/a, shop/b: suspended", finding.title());
  }

  @Test
  void eventNamesTheCause() {
    var bundle =
        new ClusterBundle()
            .objects("cronjobs/shop.json", job("a", "0 0 * * *", ""))
            .objects(
                "events/shop.json",
                event("UnknownTimeZone", "CronJob", "a", "invalid timeZone: Mars/Olympus"));
    var findings = bundle.findings(new CronjobNotRunning());
    assertEquals(1, findings.size());
    assertTrue(findings.getFirst().title().contains("UnknownTimeZone, invalid timeZone"));
  }

  private static List<Instant> before(String schedule, String zone) {
    return CronSchedule.parse(schedule, zone).orElseThrow().before(NOW, 3);
  }

  private static List<Instant> times(String... times) {
    return List.of(times).stream()
        .map(time -> Instant.parse("2026-11-21T" + time + (time.length() == 5 ? ":00Z" : "Z")))
        .toList();
  }

  private static String job(String name, String schedule, String status) {
    return object(name, "{'schedule':'" + schedule + "'}", "{" + status + "}");
  }

  private static List<Finding> findings(String... jobs) {
    return new ClusterBundle()
        .objects("cronjobs/shop.json", jobs)
        .findings(new CronjobNotRunning());
  }

  private static Finding only(String... jobs) {
    var findings = findings(jobs);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
