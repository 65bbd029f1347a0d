package io.vedette.jobs.rules;

import static io.vedette.model.signal.Signal.FINISHED_REQUESTS;
import static io.vedette.model.signal.Signal.HTTP_REQUESTS;
import static io.vedette.model.signal.Signal.KV_CACHE_USAGE;
import static io.vedette.model.signal.Signal.PREEMPTIONS;
import static io.vedette.model.signal.Signal.REQUESTS_RUNNING;
import static io.vedette.model.signal.Signal.REQUESTS_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsTest {
    private static Needs needs(String condition) {
        String rule = "rules: [{id: a, scope: [replica], severity: info, summary: a, when: '" + condition + "'}]";
        return RuleSet.load(
                        List.of(YamlValue.parse("mine.yaml", rule).orElseThrow()),
                        SeriesSettings.DEFAULT_WINDOWS,
                        Map.of())
                .rules()
                .get(0)
                .levels()
                .get(0)
                .notes()
                .needs();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            requests_waiting > 5 => requests_waiting
            requests_waiting > requests_running => requests_running and requests_waiting
            requests_waiting > 5 || preemptions.growth > 3 => requests_waiting, or preemptions
            requests_waiting > 5 && (preemptions.growth > 3 || kv_cache_usage > 0.9) => kv_cache_usage and requests_waiting, or preemptions and requests_waiting
            requests_waiting > 5 || requests_waiting > preemptions.growth => requests_waiting
            known(kv_cache_usage) && kv_cache_usage.max > 0.9 => ''
            (known(kv_cache_usage) ? kv_cache_usage : 0) > 0.5 && requests_waiting > 1 => requests_waiting
            !(requests_waiting > 5) => requests_waiting
            requests_waiting > 5 ? kv_cache_usage > 0.9 : preemptions.growth > 3 => requests_waiting and kv_cache_usage, or preemptions and requests_waiting
            at_onset(over(requests_waiting.mean, "10m")) > 2 => requests_waiting
            request_failures.growth("http_4xx") > 1 => http_requests
            prompt_class("long") => request_prompt_tokens
            failure("timeout") || down_age > 10 => ''
            prefix_cache_hit_ratio < 0.2 => prefix_cache_queries and prefix_cache_hits
            request_prefill_tokens.observations > 100 => request_prompt_tokens
            """)
    void aConditionNeedsTheSignalsOfAnyWayToTellIt(String condition, String expected) {
        Needs expectedNeeds = expected.isEmpty()
                ? Needs.NOTHING
                : List.of(expected.split(", or ")).stream()
                        .map(way -> Needs.of(List.of(way.split(" and ")).stream()
                                .map(name -> Signal.ofName(name).orElseThrow())
                                .toArray(Signal[]::new)))
                        .reduce(Needs::or)
                        .orElseThrow();

        assertThat(needs(condition)).isEqualTo(expectedNeeds);
    }

    @Test
    void whatIsMissingIsThatOfTheWayThatLacksLeast() {
        Needs needs =
                Needs.of(REQUESTS_WAITING, REQUESTS_RUNNING, KV_CACHE_USAGE).or(Needs.of(PREEMPTIONS, HTTP_REQUESTS));

        assertThat(needs.missing(EnumSet.of(REQUESTS_WAITING, REQUESTS_RUNNING)))
                .isEqualTo(Set.of(KV_CACHE_USAGE));
        assertThat(needs.missing(EnumSet.of(PREEMPTIONS, HTTP_REQUESTS))).isEmpty();
        assertThat(needs.missing(EnumSet.of(PREEMPTIONS))).isEqualTo(Set.of(HTTP_REQUESTS));
        assertThat(Needs.NOTHING.missing(EnumSet.noneOf(Signal.class))).isEmpty();
        assertThat(Needs.of(FINISHED_REQUESTS).without(Set.of(FINISHED_REQUESTS)))
                .isEqualTo(Needs.NOTHING);
    }

    /** Monotone logic, tried out: what and, or and without say is what evaluating says. */
    @Test
    void andOrAndWithoutAreThoseOfLogic() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            Needs a = some(random);
            Needs b = some(random);
            EnumSet<Signal> seen = subset(random);
            EnumSet<Signal> optional = subset(random);
            EnumSet<Signal> either = EnumSet.copyOf(seen);
            either.addAll(optional);

            assertThat(sees(a.and(b), seen)).isEqualTo(sees(a, seen) && sees(b, seen));
            assertThat(sees(a.or(b), seen)).isEqualTo(sees(a, seen) || sees(b, seen));
            assertThat(sees(a.without(optional), seen)).isEqualTo(sees(a, either));
        }
    }

    private static boolean sees(Needs needs, EnumSet<Signal> seen) {
        return needs.missing(seen).isEmpty();
    }

    private static Needs some(Random random) {
        Needs needs = Needs.of(subset(random).toArray(Signal[]::new));
        for (int i = random.nextInt(4); i > 0; i--) {
            needs = needs.or(Needs.of(subset(random).toArray(Signal[]::new)));
        }
        return needs;
    }

    private static EnumSet<Signal> subset(Random random) {
        EnumSet<Signal> subset = EnumSet.noneOf(Signal.class);
        for (Signal signal : List.of(REQUESTS_WAITING, REQUESTS_RUNNING, KV_CACHE_USAGE, PREEMPTIONS, HTTP_REQUESTS)) {
            if (random.nextInt(3) > 0) {
                subset.add(signal);
            }
        }
        return subset;
    }
}
