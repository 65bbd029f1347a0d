package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model's configuration changes about the shipped rules. */
class ModelTuningTest {
    private static final YamlValue OWN_BASELINES = yaml("mine.yaml", """
            baselines:
              h200-x2:
                simple: {requests_per_second: 40, e2e_request_latency_p95: 0.5}
                long: {requests_per_second: 8, e2e_request_latency_p95: 2.5}
            """);

    private static YamlValue yaml(String source, String text) {
        return YamlValue.parse(source, text).orElseThrow();
    }

    private static RuleSet with(String model) {
        return RuleSet.load(
                List.of(RuleSet.builtIn(), OWN_BASELINES),
                SeriesSettings.DEFAULT_WINDOWS,
                Map.of("glm", ModelTuning.of(yaml("vedette.yaml", model))));
    }

    private static List<String> rules(String model) {
        return with(model).of("glm").rules().stream().map(Rule::id).toList();
    }

    @ParameterizedTest
    @CsvSource({"reasoning", "batch"})
    void modelsThatMayBeFullAndSlowAreJudgedByFailuresStallsAndTargets(String profile) {
        assertThat(rules("{profile: " + profile + "}"))
                .containsExactly(
                        "request-failures",
                        "bad-requests",
                        "below-baseline",
                        "engine-stalled",
                        "target-down",
                        "start-failed",
                        "engine-restarts",
                        "model-down",
                        "frontend-slow",
                        "gpu-memory-high",
                        "gpu-memory-absolute",
                        "gpu-memory-imbalance",
                        "gpu-utilization-imbalance",
                        "thermal-throttle",
                        "hw-slowdown",
                        "gpu-hot",
                        "gpu-xid",
                        "gpu-lost",
                        "coverage");
    }

    @Test
    void interactiveModelsAreJudgedByAllRules() {
        RuleSet rules = with("{profile: interactive}");

        assertThat(rules.of("glm").rules())
                .isEqualTo(rules.rules())
                .isEqualTo(rules.of("another").rules());
    }

    @Test
    void whoSetsALimitWantsToBeToldWhateverTheProfile() {
        assertThat(rules("{profile: batch, prompt_limit: 4000, parameters: {ttft-high: {limit: 60}}}"))
                .contains("ttft-high", "overlong-context")
                .doesNotContain("itl-high", "queue-slow", "kv-pressure");
    }

    @Test
    void aRuleThatNamesModelsIsForThemAloneAndForWhomeverItHasParametersOf() {
        YamlValue mine = yaml("mine.yaml", """
                rules:
                  - {id: queued, scope: replica, models: glm, when: requests_waiting > limit, severity: warning,
                     parameters: {limit: 5}, summary: waiting}
                  - {id: idle, scope: replica, models: [glm, qwen], when: requests_running < 1, severity: info, summary: idle}
                """);

        RuleSet rules = RuleSet.load(
                List.of(mine),
                SeriesSettings.DEFAULT_WINDOWS,
                Map.of(
                        "glm", ModelTuning.none(),
                        "other", ModelTuning.of(yaml("vedette.yaml", "{parameters: {queued: {limit: 9}}}"))));

        assertThat(rules.of("glm").rules()).extracting(Rule::id).containsExactly("queued", "idle");
        assertThat(rules.of("qwen").rules()).extracting(Rule::id).containsExactly("idle");
        assertThat(rules.of("other").rules()).extracting(Rule::id).containsExactly("queued");
        assertThat(rules.of("third").rules()).isEmpty();
    }

    @Test
    void factsAreThoseOfTheModel() {
        RuleSet rules = with("{min_replicas: 2, baseline: h200-x2}");

        assertThat(rules.of("glm").facts().minReplicas()).isEqualTo(2);
        assertThat(rules.of("another").facts()).isEqualTo(ModelFacts.NONE);
    }

    @Test
    void theBaselineIsThatOfTheClassOfTheMedianPrompt() {
        ModelFacts facts = with("{baseline: h200-x2}").of("glm").facts();

        assertThat(expected(facts, 300)).containsExactly(40, 0.5);
        assertThat(expected(facts, 5_000)).containsExactly(8, 2.5);
        assertThat(expected(facts, 1_500)).as("not in this baseline").containsExactly(Double.NaN, Double.NaN);
        assertThat(expected(facts, 700)).as("between the classes").containsExactly(Double.NaN, Double.NaN);
        assertThat(expected(ModelFacts.NONE, 300)).containsExactly(Double.NaN, Double.NaN);
    }

    private static double[] expected(ModelFacts facts, int promptTokens) {
        FrameBuilder frame = FrameBuilder.serving()
                .histogram(
                        Signal.REQUEST_PROMPT_TOKENS,
                        FrameBuilder.observed(Bounds.of(promptTokens - 1, promptTokens), 0, 20, 0));
        Scope scope =
                new Scope(new Situation(frame.at(0), EntityState.SERVING, 0, 0), 0, new ModelRules(List.of(), facts));
        return new double[] {
            new BaselineReading(BaselineReading.Figure.REQUESTS_PER_SECOND, 60_000).read(scope),
            new BaselineReading(BaselineReading.Figure.LATENCY_P95, 60_000).read(scope)
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {min_replica: 2}                | vedette.yaml:1:2: unknown key 'min_replica'; did you mean 'min_replicas'?
            {min_replicas: 0}               | vedette.yaml:1:16: '0' is no whole number from 1 to 100000
            {min_replicas: 1.5}             | vedette.yaml:1:16: '1.5' is no whole number from 1 to 100000
            {baseline: rtx-4090-x4}         | vedette.yaml:1:12: there is no baseline 'rtx-4090-x4'; did you mean 'rtx-4090-d-x4'?
            """)
    void mistakesAreToldWithTheirPlace(String model, String message) {
        assertThatThrownBy(() -> with(model))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {a: {}}                                    | mine.yaml:1:16: a baseline says at least for one class of prompts what is expected: simple, medium, long
            {a: {midium: {}}}                          | mine.yaml:1:25: unknown class of prompts 'midium'; did you mean 'medium'?
            {a: {long: {requests_per_second: 3}}}      | mine.yaml:1:23: 'e2e_request_latency_p95' is missing
            {a: {long: {requests_per_second: 0}}}      | mine.yaml:1:45: requests_per_second is a number above 0, not 0
            {a: {long: {request_per_second: 3}}}       | mine.yaml:1:24: unknown key 'request_per_second'; did you mean 'requests_per_second'?
            {rtx-4090-d-x4: {long: {requests_per_second: 1, e2e_request_latency_p95: 1}}} | mine.yaml:1:12: another rule file has a baseline 'rtx-4090-d-x4' already
            """)
    void mistakesInBaselinesToo(String baselines, String message) {
        YamlValue mine = yaml("mine.yaml", "baselines: " + baselines);

        assertThatThrownBy(
                        () -> RuleSet.load(List.of(RuleSet.builtIn(), mine), SeriesSettings.DEFAULT_WINDOWS, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }
}
