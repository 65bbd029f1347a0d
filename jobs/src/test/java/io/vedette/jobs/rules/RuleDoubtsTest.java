package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that run, though hardly as they were meant, are doubted; all others are not. */
class RuleDoubtsTest {
    private static final String RULE = """
            rules:
              - {id: mine, scope: [replica], states: [STATES], severity: info, summary: x,
                 when: 'WHEN'}
            """;

    private static List<String> doubts(String when, String states) {
        return doubtsOf(RULE.replace("WHEN", when.replace("'", "''")).replace("STATES", states));
    }

    private static List<String> doubtsOf(String text) {
        RuleCheck check = RuleCheck.of(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
        assertThat(check.mistakes()).isEmpty();
        return check.doubts().stream().map(Throwable::getMessage).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            kv_cache_usage > 1 ~ 3:28: the condition can never be true: what stands left lies from 0 to 1, what stands right at 1
            requests_waiting > 5 && requests_waiting < 2 ~ 3:54: the condition can never be true: what stands left lies at 5 or more, what stands right at 2
            requests_waiting > 5 && !(requests_waiting >= 2) ~ 3:12: the condition can never be true
            requests_waiting + requests_running < 0 ~ 3:49: the condition can never be true: what stands left lies at 0 or more, what stands right at 0
            requests_waiting > 1 || kv_cache_usage / 2 > 0.6 ~ 3:56: this can never be true: what stands left lies from 0 to 0.5, what stands right at 0.6
            max(kv_cache_usage, 0.5) < 0.4 ~ 3:38: the condition can never be true: what stands left lies from 0.5 to 1, what stands right at 0.4
            up == 2 ~ 3:16: the condition can never be true: what stands left lies from 0 to 1, what stands right at 2
            requests_running > requests_waiting && requests_waiting > 3 && requests_running < 2 ~ 3:12: the condition can never be true
            request_failure_ratio >= 0 ~ 3:12: the condition is true whenever it is known; an alert of it never ends
            down_age >= 60 ~ 3:22: the condition can never be true: what stands left lies from 0 to 60, what stands right at 60; the rule applies only to what is serving: add 'down' to states
            awake == 0 ~ 3:19: the condition can never be true: what stands left lies from 0 to 1, what stands right at 0; the rule applies only to what is serving: add 'sleeping' to states
            finished_requests.growth("eror") > 0 ~ 3:13: no engine that Vedette knows has the finish reason 'eror'; did you mean 'error'?
            """)
    void whatCanNeverBeTrueIsDoubted(String when, String doubt) {
        assertThat(doubts(when, "serving")).containsExactly("mine.yaml:" + doubt);
    }

    /** Each level doubles the search for what can be true, unless it ends somewhere. */
    @Test
    void ofConditionsThatStandDeeplyInsideEachOtherNothingIsSaid() {
        String when = "requests_waiting > 5 && requests_waiting < 2";
        for (int level = 0; level < 40; level++) {
            when = "up < 1 || (requests_running > " + level + " && (" + when + "))";
        }
        assertThat(doubts(when, "serving")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kv_cache_usage >= 1",
                "requests_waiting > 5 && requests_running < 2",
                "requests_waiting >= 2 && requests_waiting <= 2",
                "requests_waiting - requests_running < 0",
                "requests_waiting / requests_running > 1000",
                "request_prompt_tokens.upper(0.5) > 1000000",
                "request_queue_time.quantile(0.5) > 99",
                "e2e_request_latency.quantile(0.95) > 600",
                "request_queue_time.observations > 300",
                "requests_waiting < 2 || requests_waiting > 5",
                "requests_waiting > 5 ? requests_running < 2 : requests_running > 9",
                "over(requests_per_second, \"10m\") > 2 * requests_per_second",
                "!known(request_failure_ratio)",
                "true"
            })
    void whatCanBeTrueAndFalseIsNot(String when) {
        assertThat(doubts(when, "serving")).isEmpty();
    }

    private static final String LEVELS = """
            rules:
              - id: slow
                scope: replica
                summary: x
                levels:
                  - {severity: critical, for: 2m, when: 'WORSE'}
                  - {severity: warning, for: 2m, when: 'MILDER'}
            """;

    private static List<String> doubtsOfLevels(String worse, String milder) {
        return doubtsOf(LEVELS.replace("WORSE", worse).replace("MILDER", milder));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            request_queue_time.mean > 0.3 ~ request_queue_time.mean > 1
            requests_waiting > 5 ~ requests_waiting > 5
            requests_waiting > 5 ~ requests_waiting > 9 && requests_running > 0
            requests_waiting > 5 || up == 0 ~ requests_waiting > 9 && up == 1
            """)
    void aLevelThatAWorseOneAlwaysHidesIsDoubted(String worse, String milder) {
        assertThat(doubtsOfLevels(worse, milder))
                .containsExactly("mine.yaml:7:44: the level 'warning' is never shown: whenever it holds, 'critical'"
                        + " holds too, and fires no later");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            request_queue_time.mean > 1 ~ request_queue_time.mean > 0.3
            requests_waiting > 5 && requests_running > 0 ~ requests_waiting > 9
            request_queue_time.quantile(0.5) > 1 ~ request_queue_time.quantile(0.95) > 3
            at_onset(requests_waiting) > 1 ~ requests_waiting > 5
            """)
    void aLevelThatCanBeShownIsNot(String worse, String milder) {
        assertThat(doubtsOfLevels(worse, milder)).isEmpty();
    }

    @Test
    void aLevelThatFiresSoonerThanTheWorseOneIsShownTillThen() {
        assertThat(doubtsOf(LEVELS.replace("warning, for: 2m", "warning, for: 1m")
                        .replace("WORSE", "requests_waiting > 5")
                        .replace("MILDER", "requests_waiting > 9")))
                .isEmpty();
    }

    @Test
    void aModelsParameterThatHidesALevelIsDoubtedWhereItStands() {
        ModelTuning tuning = ModelTuning.of(
                null,
                YamlValue.parse("vedette.yaml", "{ttft-high: {critical_limit: 1}}")
                        .orElseThrow());
        RuleCheck check = RuleCheck.of(
                List.of(YamlValue.parse(
                                "mine.yaml",
                                LEVELS.replace("id: slow", "id: ttft-high\n    parameters: {critical_limit: 9}")
                                        .replace("WORSE", "requests_waiting > critical_limit")
                                        .replace("MILDER", "requests_waiting > 5"))
                        .orElseThrow()),
                SeriesSettings.DEFAULT_WINDOWS,
                Map.of("glm", tuning));

        assertThat(check.doubts())
                .extracting(Throwable::getMessage)
                .containsExactly("vedette.yaml:1:30: the level 'warning' is never shown: whenever it holds, 'critical'"
                        + " holds too, and fires no later");
    }

    @Test
    void aLatencyThatIsProbablyWrittenInMillisecondsIsDoubted() {
        assertThat(doubts("request_queue_time.quantile(0.5) > 300", "serving"))
                .containsExactly("mine.yaml:3:46: a limit of 300 is in seconds: 5 min; for 300 ms write 0.3");
    }

    @Test
    void aConditionIsHeldAgainstTheStatesOfItsRule() {
        assertThat(doubts("down_age >= 60", "serving, down")).isEmpty();
        assertThat(doubts("awake == 0", "sleeping")).isEmpty();
    }

    @Test
    void aParameterThatNobodyUsesIsDoubted() {
        assertThat(doubtsOf("""
                rules:
                  - id: mine
                    scope: replica
                    parameters: {limit: 5, shown: 7, spare: 1}
                    summary: more than {shown}
                    levels:
                      - {severity: info, when: requests_waiting > limit, parameters: {other: 3}}
                """))
                .containsExactly(
                        "mine.yaml:4:45: the parameter 'spare' is not used; use it in when, or leave it out",
                        "mine.yaml:7:78: the parameter 'other' is not used; use it in when, or leave it out");
    }

    @Test
    void theShippedRulesAreBeyondDoubt() {
        RuleCheck check = RuleCheck.of(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of());

        assertThat(check.mistakes()).isEmpty();
        assertThat(check.doubts()).isEmpty();
    }

    @Test
    void anIdOfAShippedRuleIsDoubtedUnlessTheFileIsACopyOfThem() {
        YamlValue mine = YamlValue.parse(
                        "mine.yaml",
                        RULE.replace("mine", "queue-slow")
                                .replace("STATES", "idle")
                                .replace("WHEN", "up == 0"))
                .orElseThrow();

        assertThat(RuleCheck.besideShipped(List.of(mine), SeriesSettings.DEFAULT_WINDOWS, Map.of())
                        .doubts())
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("mine.yaml:2:10: the shipped rules have a 'queue-slow' too (rules/default.yaml:")
                .endsWith("); to run beside them, this one needs another id");
        assertThat(RuleCheck.besideShipped(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of())
                        .doubts())
                .isEmpty();
    }
}
