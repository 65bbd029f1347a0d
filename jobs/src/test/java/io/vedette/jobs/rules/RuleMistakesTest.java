package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake is told in one line: what, where, and what to write instead. */
class RuleMistakesTest {
    private static final String RULE = """
            rules:
              - id: mine
                scope: [replica]
                when: requests_waiting > limit
                severity: warning
                parameters: {limit: 5}
                value: requests_waiting
                threshold: limit
                summary: "{entity} has {value} waiting"
            """;

    private static RuleSet load(String text) {
        return load(text, Map.of());
    }

    private static RuleSet load(String text, Map<String, ModelTuning> models) {
        return RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, models);
    }

    private static String mistake(String text) {
        try {
            load(text);
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage());
        }
        return "none";
    }

    @Test
    void theRuleItselfIsFine() {
        assertThat(load(RULE).rules()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            requests_wating > limit | unknown name 'requests_wating'; did you mean 'requests_waiting'?
            request_queue_time.quantil(0.5) > limit | unknown function 'request_queue_time.quantil'; did you mean 'request_queue_time.quantile(0.5)'?
            request_queue_time.quantile > limit | 'request_queue_time.quantile' wants something in parentheses: request_queue_time.quantile(0.95)
            prompt_tokens > limit | 'prompt_tokens' needs a statistic: prompt_tokens.growth, prompt_tokens.per_second
            request_queue_time.p50 > limit | unknown name 'request_queue_time.p50'; did you mean 'request_queue_time.quantile(0.5)'?
            request_queue_time.p999 > limit | unknown name 'request_queue_time.p999'; did you mean 'request_queue_time.quantile(0.999)'?
            queue_time.p90 > limit | unknown name 'queue_time.p90'; did you mean 'request_queue_time.quantile(0.9)'?
            request_queue_time.median > limit | unknown name 'request_queue_time.median'; did you mean 'request_queue_time.quantile(0.5)'?
            request_queue_time.max > limit | unknown name 'request_queue_time.max'; did you mean 'request_queue_time.quantile(1)'?
            request_queue_time.avg > limit | unknown name 'request_queue_time.avg'; did you mean 'request_queue_time.mean'?
            request_queue_time.count > limit | unknown name 'request_queue_time.count'; did you mean 'request_queue_time.observations'?
            preemptions.count > limit | unknown name 'preemptions.count'; did you mean 'preemptions.growth'?
            requests_waiting.p95 > limit | unknown name 'requests_waiting.p95'; requests_waiting has requests_waiting.max, requests_waiting.mean
            queue_time.quantile(0.5) > limit | unknown function 'queue_time.quantile'; did you mean 'request_queue_time.quantile(0.5)'?
            finished_request.growth('stop') > limit | unknown function 'finished_request.growth'; did you mean 'finished_requests.growth("stop")'?
            requests_waiting() > limit | 'requests_waiting' takes nothing in parentheses
            abs(requests_waiting) > limit | unknown function 'abs'; known: min, max, known, over, at_onset
            not (requests_waiting > limit) | unknown function 'not'; did you mean '!'?
            requests_waiting % 2 > limit | the operator % is no part of the rule language
            requests_waiting in [1, 2] | the operator in is no part of the rule language
            requests_waiting > 5u | '5u' is no number, text, true or false
            """)
    void unknownNamesAreToldWithTheNearestRightOne(String when, String problem) {
        assertThat(mistake(RULE.replace("requests_waiting > limit", "\"" + when + "\"")))
                .startsWith("mine.yaml:4:")
                .endsWith(": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            requests_waiting > 'a' | > does not take (double, string)
            requests_waiting > | mismatched input end; an operator or an operand is missing
            (requests_waiting > limit | missing ')' at end
            'a' | ''a'' is a text, and a condition is expected here
            requests_waiting > 99999999999999999999 | 99999999999999999999 is too large a number
            requests_waiting && true | && does not take (double, bool)
            request_failures.growth('http_6xx') > limit | request_failures.growth knows no "http_6xx"; did you mean 'http_5xx'?
            request_queue_time.quantile(requests_waiting) > limit | a ratio and a count do not go together here: they measure different things
            request_queue_time.quantile(95) > limit | 95 is no rank: ranks run from 0 to 1; write 0.95
            kv_cache_usage > 90 | 90 is compared with a ratio, and ratios run from 0 to 1; write 0.9
            kv_cache_usage > limit | 5 is compared with a ratio, and ratios run from 0 to 1; write 0.05
            requests_waiting < -1 | -1 is compared with a count, and that never falls below 0
            request_queue_time.quantile(0.5) > kv_cache_usage | seconds and a ratio are not compared: they measure different things
            request_queue_time.mean + request_prompt_tokens.mean > 5 | seconds and tokens are not added up: they measure different things
            over(request_queue_time.mean, '7m') > limit | there is no window of 7m; derived.windows has 1m, 5m, 10m
            over(request_queue_time.mean, 'soon') > limit | 'soon' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms
            over(requests_waiting, '10m') > limit | what stands in over has no window
            """)
    void whatMakesNoSenseIsToldWithItsPlace(String when, String problem) {
        assertThat(mistake(RULE.replace("requests_waiting > limit", "\"" + when + "\"")))
                .startsWith("mine.yaml:")
                .endsWith(": " + problem);
    }

    /** What other languages write, and CEL's parser has no useful word for. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            request_queue_time.mean > 300ms ~ 38: numbers have no unit; in seconds, write 0.3
            request_queue_time.mean > 1.5 min ~ 38: numbers have no unit; in seconds, write 90
            kv_cache_usage > 90% ~ 29: numbers have no '%'; a ratio runs from 0 to 1: write 0.9
            over(request_queue_time.mean, 10m) > 1 ~ 42: a window stands in quotes: "10m"
            requests_waiting > limit and up == 1 ~ 37: 'and' is written && here
            requests_waiting > limit OR up == 0 ~ 37: 'OR' is written || here
            not requests_waiting > limit ~ 12: 'not' is written ! here
            requests_waiting > limit & up == 1 ~ 37: '&' is written && here
            requests_waiting = 0.3 ~ 29: '=' is written == here
            requests_waiting => limit ~ 29: '=>' is written >= here
            requests_waiting <> limit ~ 29: '<>' is written != here
            vllm:request_queue_time.mean > 1 ~ 12: signals are called without 'vllm:', and this one request_queue_time; docs/rules.md has all of them
            vllm:num_requests_waiting > limit ~ 12: signals are called without 'vllm:', and this one requests_waiting; docs/rules.md has all of them
            vllm:e2e_request_latency_seconds_bucket > 1 ~ 12: signals are called without 'vllm:', and this one e2e_request_latency; docs/rules.md has all of them
            my:own > 1 ~ 12: signals are called without 'my:'; docs/rules.md has all of them
            finished_requests.growth("a and b = 3ms") > 1 or up == 0 ~ 58: 'or' is written || here
            """)
    void whatOtherLanguagesWriteIsToldInOneLineWithWhatItIsHere(String when, String mistake) {
        assertThat(mistake(RULE.replace("requests_waiting > limit", "'" + when + "'")))
                .isEqualTo("mine.yaml:4:" + mistake);
    }

    @Test
    void aChoiceIsNotTakenForTheNameOfAMetric() {
        assertThat(mistake(RULE.replace("requests_waiting > limit", "'up == 1 ? requests_waiting:limit > '")))
                .endsWith("mismatched input end; an operator or an operand is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "a", "a:"})
    void aVeryLongSlipIsTold(String letter) {
        String longOne = letter.repeat(400);

        assertThat(mistake(RULE.replace("requests_waiting > limit", "\"up > ? " + longOne + "ms\"")))
                .startsWith("mine.yaml:4:")
                .hasSizeLessThan(3_000);
    }

    @Test
    void aMistakenParameterIsToldOnceAndDoubtsNothing() {
        RuleCheck check = check(RULE.replace("limit: 5", "limit: 300ms") + "    misfit: true\n");

        assertThat(check.mistakes())
                .extracting(Throwable::getMessage)
                .containsExactly("mine.yaml:6:25: '300ms' is no number");
        assertThat(check.doubts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kv-pressure: {limit: 90} | 1:23: parameter 'limit': 90 is compared with a ratio, and ratios run from 0 to 1; write 0.9
            ttft-high: {limit: 300ms} | 1:21: '300ms' is no number
            queue-slow: {limit: 300ms} | 1:22: '300ms' is no number
            """)
    void aMistakenParameterOfAModelIsNotBlamedOnTheShippedRules(String parameters, String mistake) {
        ModelTuning tuning = ModelTuning.of(
                null, YamlValue.parse("vedette.yaml", '{' + parameters + '}').orElseThrow());

        RuleCheck check =
                RuleCheck.of(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of("glm", tuning));

        assertThat(check.mistakes()).extracting(Throwable::getMessage).containsExactly("vedette.yaml:" + mistake);
        assertThat(check.doubts()).isEmpty();
    }

    @Test
    void anIdThatManyRulesShareIsToldOnce() {
        String again = RULE.replace("rules:\n", "");

        assertThat(check(RULE + again + again).mistakes())
                .extracting(Throwable::getMessage)
                .containsExactly("mine.yaml:10:9: there are two rules 'mine'; the other stands at mine.yaml:2");
    }

    @Test
    void aTextWhereANumberIsExpectedIsToldWithItsPlace() {
        assertThat(mistake(RULE.replace("value: requests_waiting", "value: \"'a'\"")))
                .isEqualTo("mine.yaml:7:13: ''a'' is a text, and a number is expected here");
        assertThat(mistake(RULE.replace("{value} waiting", "{'a'} waiting")))
                .isEqualTo("mine.yaml:9:29: ''a'' is a text, and a number is expected here");
    }

    @Test
    void whatIsNoWordInAListIsToldBesideAllOtherMistakes() {
        RuleCheck check = RuleCheck.of(
                List.of(YamlValue.parse(
                                "mine.yaml",
                                RULE.replace(
                                        "scope: [replica]", "scope: [replica]\n    states: [{a: b}]\n    window: 7m"))
                        .orElseThrow()),
                SeriesSettings.DEFAULT_WINDOWS,
                Map.of());

        assertThat(check.mistakes())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "mine.yaml:4:14: a single value is expected here, not a mapping",
                        "mine.yaml:5:13: there is no window of 7m; derived.windows has 1m, 5m, 10m");
    }

    @Test
    void aParameterOutOfRangeIsToldWhereItStands() {
        assertThat(mistake(RULE.replace("requests_waiting > limit", "kv_cache_usage > limit")
                        .replace("value: requests_waiting", "value: kv_cache_usage")
                        .replace("limit: 5", "limit: 90")))
                .isEqualTo("mine.yaml:6:25: parameter 'limit': 90 is compared with a ratio, and ratios run from 0 to 1;"
                        + " write 0.9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            severity: warning | severity: bad | mine.yaml:5:15: 'bad' is not known here; known: info, warning, critical
            severity: warning | severty: warning | mine.yaml:5:5: unknown key 'severty'; did you mean 'severity'?
            scope: [replica] | scope: [replicas] | mine.yaml:3:13: 'replicas' is not known here; did you mean 'replica'?
            scope: [replica] | scope: [] | mine.yaml:3:12: at least one is expected here: replica, model, gpu, node
            scope: [replica] | states: [serving] | mine.yaml:2:5: 'scope' is missing
            threshold: limit | for: 2x | mine.yaml:8:10: '2x' is no duration; write it as Prometheus does: 90s, 5m, 1h30m, 500ms
            id: mine | id: Mine | mine.yaml:2:9: 'Mine' is not an id; write it like-this
            value: requests_waiting | value: requests_waiting > 1 | mine.yaml:7:12: 'requests_waiting > 1' is a condition, and a number is expected here
            when: requests_waiting > limit | when: requests_waiting | mine.yaml:4:11: 'requests_waiting' is a number, and a condition is expected here: compare it with something, as in 'requests_waiting > limit'
            {value} waiting | {valeu} waiting | mine.yaml:9:29: unknown name '{valeu}'; did you mean '{value}'?
            {value} waiting | {value waiting | mine.yaml:9:28: '{' without '}' in: {value waiting
            {limit: 5} | {limit: 5, requests_running: 5} | mine.yaml:6:46: the parameter 'requests_running' is called like a signal; give it another name
            {limit: 5} | {limit: many} | mine.yaml:6:25: 'many' is no number
            threshold: limit | threshold: request_queue_time.mean | mine.yaml:8:16: the value is a count, the threshold is seconds
            """)
    void whatDoesNotBelongIntoARuleIsTold(String right, String wrong, String message) {
        assertThat(mistake(RULE.replace(right, wrong))).isEqualTo(message);
    }

    @Test
    void statesThatCannotBeJudgedAreNotOffered() {
        assertThat(mistake(RULE + "    states: [unknown]\n"))
                .isEqualTo("mine.yaml:10:14: 'unknown' is not known here;"
                        + " known: starting, warming, serving, idle, sleeping, down");
    }

    @Test
    void aWindowThatFramesDoNotHaveIsRefused() {
        assertThat(mistake(RULE + "    window: 2m\n"))
                .isEqualTo("mine.yaml:10:13: there is no window of 2m; derived.windows has 1m, 5m, 10m");
    }

    @Test
    void aUnitThatContradictsTheValueIsRefused() {
        assertThat(mistake(RULE + "    unit: seconds\n"))
                .isEqualTo("mine.yaml:8:16: the unit is seconds, but value or threshold is a count");
    }

    @Test
    void aMistakeInTheSecondLineOfAnExpressionIsToldWithThatLine() {
        assertThat(mistake(RULE.replace(
                        "when: requests_waiting > limit", "when: |\n      requests_waiting > limit\n      && upp > 0")))
                .isEqualTo("mine.yaml:6:10: unknown name 'upp'; did you mean 'up'?");
    }

    @Test
    void twoRulesOfOneIdAreRefusedAndBothPlacesNamed() {
        assertThat(mistake(RULE + RULE.replace("rules:\n", "")))
                .isEqualTo("mine.yaml:10:9: there are two rules 'mine'; the other stands at mine.yaml:2");
    }

    @Test
    void levelsStandInsteadOfTheKeysThatTheyRepeat() {
        assertThat(mistake(RULE + "    levels: [{severity: info, when: up == 0}]\n"))
                .startsWith("mine.yaml:")
                .contains("stands beside 'levels'; write it into each level");
    }

    @Test
    void twoLevelsOfOneSeverityAreRefused() {
        assertThat(mistake("""
                                rules:
                                  - id: mine
                                    scope: replica
                                    summary: x
                                    levels:
                                      - {severity: info, when: up == 0}
                                      - {severity: info, when: up == 1}
                                """)).isEqualTo("mine.yaml:7:20: two levels are 'info'; join their conditions with ||");
    }

    @Test
    void aParameterOfALevelHasANameOfItsOwnInTheWholeRule() {
        assertThat(mistake("""
                                rules:
                                  - id: mine
                                    scope: replica
                                    summary: x
                                    levels:
                                      - {severity: info, when: restarts > a, parameters: {a: 1}}
                                      - {severity: critical, when: restarts > a, parameters: {a: 2}}
                                """))
                .isEqualTo("mine.yaml:7:66: the rule has a parameter 'a' already; give this one another name");
    }

    @Test
    void anEmptyFileAndOneWithoutRulesAreTold() {
        assertThat(mistake("{}")).isEqualTo("mine.yaml:1:1: a rule file begins with 'rules:'");
    }

    @Test
    void aModelsParametersAreHeldAgainstTheRules() {
        assertThat(tuned("{mine: {limt: 7}}"))
                .isEqualTo("vedette.yaml:1:15: the rule mine has no parameter 'limt'; did you mean 'limit'?");
        assertThat(tuned("{mne: {limit: 7}}"))
                .isEqualTo("vedette.yaml:1:7: there is no rule 'mne'; did you mean 'mine'?");
        assertThat(tuned("{mine: {limit: -7}}"))
                .isEqualTo(
                        "vedette.yaml:1:16: parameter 'limit': -7 is compared with a count, and that never falls below 0");
        assertThat(tuned("{mine: {limit: 7}}")).isEqualTo("none");
    }

    private static String tuned(String parameters) {
        try {
            load(
                    RULE,
                    Map.of(
                            "glm",
                            ModelTuning.of(
                                    null,
                                    YamlValue.parse("vedette.yaml", parameters).orElseThrow())));
        } catch (ConfigurationException e) {
            return String.valueOf(e.getMessage());
        }
        return "none";
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheirPlaces() {
        RuleCheck check = check("""
                rules:
                  - id: mine
                    scope: [replica]
                    when: >-
                      requests_wating > limit
                      && kv_cache_usage > 90
                      && foo(3) > 1
                    severty: warning
                    window: 2m
                    parameters: {limit: many}
                    value: requests_waiting
                    summary: "{entity} has {valeu}, {threshold}, { requests_waitin + 1}"
                  - id: mine
                    scope: [rack]
                    when: up == 0
                    severity: info
                """);

        assertThat(check.mistakes())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "mine.yaml:5:7: unknown name 'requests_wating'; did you mean 'requests_waiting'?",
                        "mine.yaml:6:27: 90 is compared with a ratio, and ratios run from 0 to 1; write 0.9",
                        "mine.yaml:7:10: unknown function 'foo'; known: min, max, known, over, at_onset",
                        "mine.yaml:8:5: unknown key 'severty'; did you mean 'severity'?",
                        "mine.yaml:9:13: there is no window of 2m; derived.windows has 1m, 5m, 10m",
                        "mine.yaml:10:25: 'many' is no number",
                        "mine.yaml:12:29: unknown name '{valeu}'; did you mean '{value}'?",
                        "mine.yaml:12:38: '{threshold}' stands here, and there is no 'threshold'; write it beside 'when'",
                        "mine.yaml:12:52: unknown name 'requests_waitin'; did you mean 'requests_waiting'?",
                        "mine.yaml:13:5: 'summary' is missing: a sentence that says what, where and how much",
                        "mine.yaml:13:9: there are two rules 'mine'; the other stands at mine.yaml:2",
                        "mine.yaml:14:13: 'rack' is not known here; known: replica, model, gpu, node");
        assertThat(check.rules()).isZero();
    }

    @Test
    void aStartTellsTheFirstMistakeAndHowToSeeTheOthers() {
        assertThat(mistake(RULE.replace("scope", "skope").replace("{value}", "{valeu}")))
                .isEqualTo(
                        "mine.yaml:3:5: unknown key 'skope'; did you mean 'scope'?; and 1 more: ./vedette rules check mine.yaml");
    }

    private static RuleCheck check(String text) {
        return RuleCheck.of(
                List.of(YamlValue.parse("mine.yaml", text).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "['']", "''"})
    void aRuleForNoModelIsTold(String models) {
        assertThat(mistake(RULE.replace("scope:", "models: " + models + "\n    scope:")))
                .endsWith(
                        "the name of a model is expected here, as the engine gives it; without 'models' the rule is for all");
    }

    @Test
    void anUnknownProfileIsTold() {
        YamlValue profile = YamlValue.parse("vedette.yaml", "interactiv").orElseThrow();

        assertThatThrownBy(() -> ModelTuning.of(profile, null))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("vedette.yaml:1:1: unknown profile 'interactiv'; did you mean 'interactive'?");
    }
}
