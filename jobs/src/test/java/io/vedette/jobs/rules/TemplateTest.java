package io.vedette.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static String rendered(String summary, Frame frame) {
        String rule = """
                rules:
                  - id: mine
                    scope: [replica, model]
                    window: 5m
                    when: progress_age > limit
                    severity: warning
                    parameters: {limit: 60}
                    value: progress_age
                    threshold: limit
                    summary: '%s'
                """.formatted(summary);
        RuleSet rules = RuleSet.load(
                List.of(YamlValue.parse("mine.yaml", rule).orElseThrow()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
        return rules.rules()
                .get(0)
                .levels()
                .get(0)
                .summary()
                .render(new Scope(new Situation(frame, EntityState.SERVING, 0, 0), rules.slots()));
    }

    private static final Frame FRAME = FrameBuilder.serving()
            .gauge(Signal.PROGRESS_AGE, 75.5)
            .gauge(Signal.KV_CACHE_USAGE, 0.914)
            .at(86_400_000);

    @Test
    void namesAndExpressionsAreFilledIn() {
        assertThat(rendered(
                        "{instance}/{engine} of {model_name} as {role} on {node}: {value} over {threshold} in {window}; "
                                + "{requests_running * 2} twice, KV {kv_cache_usage}, limit {limit}",
                        FRAME))
                .isEqualTo(
                        "gpu-7:8000/0 of glm as both on gpu-7: 75.5 s over 60 s in 5 min; 8 twice, KV 91.4 %, limit 60");
    }

    @Test
    void aUnitThatTheTextGoesOnWithIsNotWrittenTwice() {
        assertThat(rendered("{value} s, {value} seconds, {kv_cache_usage} %, {value} since", FRAME))
                .isEqualTo("75.5 s, 75.5 seconds, 91.4 %, 75.5 s since");
    }

    @Test
    void whatIsUnknownIsCalledSo() {
        assertThat(rendered("{scrape_duration}, {failure}", FRAME)).isEqualTo("unknown, unknown");
    }

    @Test
    void aClauseInBracketsIsLeftOutWhereSomethingInItIsUnknown() {
        assertThat(rendered("{value}[, KV {kv_cache_usage}][, took {scrape_duration}][ ({failure})] [as told]", FRAME))
                .isEqualTo("75.5 s, KV 91.4 % [as told]");
    }

    @Test
    void bracketsWithinBracketsArePlainTextButForTheInnermost() {
        assertThat(rendered("[".repeat(10_000) + "{scrape_duration}]", FRAME)).isEqualTo("[".repeat(9_999));
    }

    @Test
    void entitiesAreNamedForPeople() {
        Entity second = Entity.replica("gpu-7:8000", "1", "", "both", "", Map.of());
        Entity prefill = Entity.model("glm", "prefill", Map.of());

        assertThat(rendered("{entity}", FRAME)).isEqualTo("gpu-7:8000 (glm)");
        assertThat(rendered("{entity}", new FrameBuilder(second).at(0))).isEqualTo("gpu-7:8000 engine 1");
        assertThat(rendered("{entity}", new FrameBuilder(FrameBuilder.MODEL).at(0)))
                .isEqualTo("model glm");
        assertThat(rendered("{entity}", new FrameBuilder(prefill).at(0))).isEqualTo("model glm (prefill)");
    }
}
