package io.vedette.jobs.rules;

import static io.vedette.jobs.rules.FrameBuilder.observed;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Latest;
import io.vedette.model.frame.Life;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions yield, on one frame of a replica. */
class ExpressionTest {
    private static final Bounds SECONDS = Bounds.of(1, 2, 4, 8);
    private static final Frame FRAME = FrameBuilder.serving()
            .gauge(Signal.REQUESTS_WAITING, 3)
            .gaugeStats(Signal.REQUESTS_WAITING, 2, 5)
            .gauge(Signal.KV_CACHE_USAGE, 0.5)
            .growth(Signal.FINISHED_REQUESTS, "length", 100)
            .growth(Signal.FINISHED_REQUESTS, "error", 20)
            .growth(Signal.HTTP_REQUESTS, "4xx", 30)
            .growth(Signal.HTTP_REQUESTS, "5xx", 12)
            .growth(Signal.PROMPT_TOKENS, "", 6_000)
            .growth(Signal.PREFIX_CACHE_QUERIES, "", 400)
            .growth(Signal.PREFIX_CACHE_HITS, "", 100)
            .histogram(Signal.E2E_REQUEST_LATENCY, observed(SECONDS, 10, 20, 20, 10, 0))
            .histogram(Signal.E2E_REQUEST_LATENCY, 600_000, observed(SECONDS, 0, 0, 0, 100, 0))
            .histogram(Signal.REQUEST_QUEUE_TIME, Histogram.empty())
            .histogram(Signal.REQUEST_PROMPT_TOKENS, observed(Bounds.of(1_000, 5_000), 90, 8, 2))
            .promptLimit(4_000)
            .restarts(2)
            .at(86_400_000);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            requests_waiting                             | 3
            requests_waiting.mean                        | 2
            requests_waiting.max                         | 5
            e2e_request_latency.observations             | 60
            e2e_request_latency.quantile(0.5)            | 2
            e2e_request_latency.lower(0.75)              | 2
            e2e_request_latency.upper(0.75)              | 4
            e2e_request_latency.per_second               | 1
            e2e_request_latency.count_above(4)           | 10
            e2e_request_latency.share_above(2)           | 0.5
            e2e_request_latency.certain_count_above(3)   | 10
            over(e2e_request_latency.quantile(1), "10m") | 8
            request_prompt_tokens.count_above(prompt_limit) | 4
            request_prefill_tokens.observations          | 100
            prompt_tokens.growth                         | 6000
            prompt_tokens.per_second                     | 100
            finished_requests.growth                     | 720
            finished_requests.growth("error")            | 20
            finished_requests.per_second("length")       | 1.6666666666666667
            finished_requests.growth("abort")            | 0
            http_requests.growth("4xx")                  | 30
            requests_per_second                          | 11.666666666666666
            request_failures.growth                      | 20
            request_failures.growth("http_5xx")          | 12
            request_failures.per_second("http_4xx")      | 0.5
            request_failure_ratio                        | 0.027777777777777776
            overlong_request_ratio                       | 0.04
            prefix_cache_hit_ratio                       | 0.25
            up                                           | 1
            restarts                                     | 2
            down_age                                     | 0
            2 + 3 * 4 - 10 / 4                           | 11.5
            -requests_waiting                            | -3
            (1 + 2) * limit                              | 7.5
            min(requests_waiting, limit)                 | 2.5
            max(requests_waiting, limit)                 | 3
            requests_waiting > 2 ? 10 : 20               | 10
            requests_waiting / 0                         | Infinity
            known(progress_age) ? 1 : 0                  | 1
            known(scrape_duration) ? 1 : 0               | 0
            scrape_duration                              | NaN
            scrape_duration + 1                          | NaN
            max(scrape_duration, 1)                      | NaN
            request_queue_time.quantile(0.5)             | NaN
            request_queue_time.observations              | 0
            time_to_first_token.observations             | NaN
            members                                      | 0
            process_age                                  | 82800
            finished_since_start                         | 1000
            at_onset(requests_waiting) * 2               | 6
            over(at_onset(e2e_request_latency.quantile(1)), "10m") | 8
            at_onset(over(e2e_request_latency.quantile(1), "10m")) | 8
            at_onset(scrape_duration)                    | NaN
            prompt_class("simple") ? 18 : 8              | NaN
            """)
    void numbers(String expression, double expected) {
        assertThat(Language.number(expression, FRAME, "limit", 2.5)).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", textBlock = """
            requests_waiting > 2 => TRUE
            requests_waiting >= 3 && requests_waiting <= 3 => TRUE
            requests_waiting < 3 || requests_waiting != 3 => FALSE
            requests_waiting == 3 => TRUE
            !(requests_waiting > 2) => FALSE
            scrape_duration > 2 => UNKNOWN
            !(scrape_duration > 2) => UNKNOWN
            scrape_duration > 2 || true => TRUE
            scrape_duration > 2 || requests_waiting > 2 => TRUE
            scrape_duration > 2 || requests_waiting > 3 => UNKNOWN
            scrape_duration > 2 && requests_waiting > 3 => FALSE
            requests_waiting > 3 && scrape_duration > 2 => FALSE
            scrape_duration > 2 && requests_waiting > 2 => UNKNOWN
            scrape_duration > 2 ? true : true => UNKNOWN
            requests_waiting > 2 ? scrape_duration > 2 : false => UNKNOWN
            requests_waiting > 3 ? scrape_duration > 2 : false => FALSE
            known(scrape_duration) && scrape_duration > 2 => FALSE
            requests_waiting / prompt_tokens.per_second > limit => FALSE
            requests_waiting / 0 > 1000000 => TRUE
            0 / 0 > 1 => UNKNOWN
            failure("timeout") => FALSE
            prompt_class("simple") => UNKNOWN
            """)
    void conditions(String expression, Truth expected) {
        assertThat(Language.truth(expression, FRAME, "limit", 2.5)).isEqualTo(expected);
    }

    @Test
    void gaugesAreThoseOfTheScrapeThatReleasedTheTickUnlessItIsFarFromIt() {
        Gauges newest = Gauges.builder().set(Signal.REQUESTS_WAITING, 9).build();

        assertThat(Language.number("requests_waiting", withLatest(FRAME, newest, 4_000)))
                .isEqualTo(9);
        assertThat(Language.number("requests_waiting", withLatest(FRAME, newest, 12_500)))
                .isEqualTo(3);
    }

    @Test
    void agesAreCountedToTheTickSoThatNoneIsReachedBeforeItsTime() {
        Gauges stalled = Gauges.builder().set(Signal.PROGRESS_AGE, 62).build();

        assertThat(Language.number("progress_age", withLatest(FRAME, stalled, 4_000)))
                .isEqualTo(58);
    }

    private static Frame withLatest(Frame frame, Gauges gauges, long laterMillis) {
        return new Frame(
                frame.entity(),
                frame.tickMillis(),
                frame.intervalMillis(),
                frame.release(),
                0,
                0,
                1,
                frame.gauges(),
                new Latest(frame.tickMillis() + laterMillis, true, "", gauges),
                frame.life(),
                frame.promptLimit(),
                frame.windows());
    }

    @Test
    void whatAFrameHasNoWindowOfIsUnknown() {
        Frame bare = new Frame(
                FrameBuilder.REPLICA,
                FRAME.tickMillis(),
                5_000,
                Frame.Release.SCRAPE,
                0,
                0,
                1,
                Gauges.none(),
                null,
                Life.NONE,
                Double.NaN,
                List.of());

        Vocabulary.WORDS.variables().stream().filter(Vocabulary.Word::windowed).forEach(word -> assertThat(
                        Language.number(word.name(), bare))
                .as(word.name())
                .isNaN());
    }

    private static String asCondition(String name, String example) {
        return Vocabulary.WORDS.condition(name).isPresent()
                ? example + " || true"
                : "known(" + example.replace("error", dimension(name)) + ')';
    }

    @Test
    void everyWordOfTheVocabularyCanBeWritten() {
        Vocabulary.WORDS.examples().forEach((name, example) -> assertThat(
                        Language.truth(asCondition(name, example), FRAME, "limit", 2))
                .as(example)
                .isNotEqualTo(Truth.UNKNOWN));
    }

    private static String dimension(String name) {
        return name.startsWith("http_requests") ? "2xx" : "error";
    }
}
