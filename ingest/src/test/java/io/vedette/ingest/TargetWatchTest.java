package io.vedette.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.vedette.ingest.publish.OutgoingRecord;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.UnreadableRecord;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetWatchTest {
    private static final Instant START = Instant.parse("2026-02-07T09:47:40Z");
    private static final Target TARGET = new Target("a:8000", "gpu-7", "agent-1", "", "both", Map.of("rack", "12"));

    private final FakeTime time = new FakeTime(Duration.ofSeconds(77));
    private final FakeEndpoint endpoint = new FakeEndpoint();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final List<OutgoingRecord> records = new ArrayList<>();
    private final LogCapture log = LogCapture.of(TargetWatch.class);
    private TargetWatch watch = watch(Catalogue.shipped(), registry);

    private TargetWatch watch(Catalogue catalogue, PrometheusRegistry counts) {
        return new TargetWatch(
                TARGET,
                catalogue,
                ScrapeTiming.DEFAULT,
                endpoint,
                new AgentClock(() -> START, time::nanos),
                new AgentMetrics(counts),
                records::add);
    }

    /** Answers as told, a quarter of a second after it was asked. */
    private final class FakeEndpoint implements TargetWatch.Endpoint {
        private ScrapeOutcome outcome = failed(ScrapeFailure.REFUSED);
        private final Queue<CompletableFuture<OptionalLong>> lengths = new ArrayDeque<>();
        private int lengthsAskedFor;

        @Override
        public CompletionStage<ScrapeOutcome> scrape() {
            time.advance(Duration.ofMillis(250));
            return CompletableFuture.completedFuture(outcome);
        }

        @Override
        public CompletionStage<OptionalLong> contextLength() {
            lengthsAskedFor++;
            return Objects.requireNonNullElseGet(
                    lengths.poll(), () -> CompletableFuture.completedFuture(OptionalLong.of(0)));
        }

        CompletableFuture<OptionalLong> nextLength() {
            CompletableFuture<OptionalLong> answer = new CompletableFuture<>();
            lengths.add(answer);
            return answer;
        }
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private static ScrapeOutcome failed(ScrapeFailure failure) {
        return new ScrapeOutcome.Failed(failure, "what happened");
    }

    private static ScrapeOutcome good(String body) {
        return new ScrapeOutcome.Good(new ExpositionParser().parse(body.getBytes(UTF_8)));
    }

    private static ScrapeOutcome goodSince(int processStart) {
        return good(
                "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds " + processStart
                        + "\n# TYPE vllm:prompt_tokens_total counter\nvllm:prompt_tokens_total{engine=\"0\",model_name=\"glm\"} 5\n");
    }

    private TargetScrape scrape(ScrapeOutcome outcome) {
        endpoint.outcome = outcome;
        assertThat(watch.scrape().toCompletableFuture()).isCompleted();
        return decoded(records.get(records.size() - 1));
    }

    private static TargetScrape decoded(OutgoingRecord record) {
        try {
            return new RecordReader(Catalogue.shipped())
                    .read(record.value())
                    .scrapes()
                    .get(0);
        } catch (UnreadableRecord e) {
            throw new AssertionError(e);
        }
    }

    /** By label, those that are not zero. */
    private Map<String, Double> counts(String name) {
        return registry.scrape(name::equals).stream()
                .map(CounterSnapshot.class::cast)
                .flatMap(counter -> counter.getDataPoints().stream())
                .filter(point -> point.getValue() > 0)
                .collect(Collectors.toMap(
                        point -> point.getLabels().stream()
                                .map(label -> label.getValue())
                                .collect(Collectors.joining()),
                        CounterSnapshot.CounterDataPointSnapshot::getValue,
                        Double::sum,
                        TreeMap::new));
    }

    @Test
    void makesARecordOfAGoodScrape() {
        TargetScrape scrape = scrape(goodSince(100));

        assertThat(records.get(0).key()).isEqualTo("a:8000");
        assertThat(records.get(0).interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(scrape.target()).isEqualTo(TARGET);
        assertThat(scrape.timeMillis()).isEqualTo(START.toEpochMilli());
        assertThat(scrape.failure()).isNull();
        assertThat(scrape.durationSeconds()).isEqualTo(0.25);
        assertThat(scrape.processStartMillis()).isEqualTo(100_000);
        assertThat(scrape.engines()).singleElement().satisfies(engine -> assertThat(engine.counters())
                .singleElement()
                .satisfies(counter -> assertThat(counter.value()).isEqualTo(5)));
        assertThat(counts("vedette_agent_scrapes")).isEqualTo(Map.of("good", 1.0));
    }

    @Test
    void makesARecordOfEachKindOfFailure() {
        for (ScrapeFailure failure : ScrapeFailure.values()) {
            TargetScrape scrape = scrape(failed(failure));

            assertThat(scrape.failure()).isEqualTo(failure);
            assertThat(scrape.target()).isEqualTo(TARGET);
            assertThat(scrape.durationSeconds()).isEqualTo(0.25);
        }
        assertThat(counts("vedette_agent_scrapes"))
                .isEqualTo(Map.of("refused", 1.0, "timeout", 1.0, "broken", 1.0, "http", 1.0, "body", 1.0));
    }

    @Test
    void saysOnceThatATargetFailsAndThatItAnswersAgain() {
        scrape(failed(ScrapeFailure.REFUSED));
        scrape(failed(ScrapeFailure.REFUSED));
        scrape(failed(ScrapeFailure.TIMEOUT));
        scrape(goodSince(100));
        scrape(goodSince(100));

        assertThat(log.lines())
                .containsExactly(
                        "WARN a:8000 cannot be scraped (refused): what happened; it is tried again each 5s",
                        "WARN a:8000 cannot be scraped (timeout): what happened; it is tried again each 5s",
                        "WARN a:8000 answers again (it failed: timeout)");
    }

    @Test
    void countsProblemsAndWarnsOfThemOnceAMinute() {
        ScrapeOutcome damaged = good("a 1\nb x\nc 1\nd y\n");
        scrape(damaged);
        scrape(damaged);
        assertThat(log.lines())
                .containsExactly(
                        "WARN a:8000: 2 problems in what it answered; line 2: INVALID_VALUE,"
                                + " expected a value at column 3, got \"x\"",
                        "WARN a:8000 has metrics, but none of vLLM's or of cards");

        time.advance(Duration.ofMinutes(1));
        scrape(damaged);

        assertThat(log.lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("WARN a:8000: 4 problems in what it answered; line 2");
        assertThat(counts("vedette_agent_parse_problems")).isEqualTo(Map.of("invalid_value", 6.0));
    }

    @Test
    void saysOnceThatATargetIsARouter() {
        ScrapeOutcome router =
                good("# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running{server=\"http://b:8000\"} 3\n");
        scrape(router);
        TargetScrape scrape = scrape(router);

        assertThat(scrape.engines()).isEmpty();
        assertThat(scrape.foreignSamples()).isOne();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("WARN a:8000 is a router of vLLM's production stack")
                .endsWith("make the engines themselves targets");
    }

    @Test
    void isSilentAboutAnEngineThatAFileOfTheUsersDescribes(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                "engine: mine\nlabels: {}\nsignals: {generation_tokens: [mine_tokens_total]}\n");
        ScrapeOutcome mine = good("# TYPE mine_tokens_total counter\nmine_tokens_total 3\n");

        watch = watch(Catalogue.load(List.of(file)), new PrometheusRegistry());
        scrape(mine);
        assertThat(log.lines()).isEmpty();

        watch = watch(Catalogue.shipped(), new PrometheusRegistry());
        scrape(mine);
        assertThat(log.lines()).containsExactly("WARN a:8000 has metrics, but none of vLLM's or of cards");
    }

    @Test
    void saysWhatAnEngineHasBecomeByARestart() {
        scrape(goodSince(100));
        scrape(good("process_start_time_seconds 200\nvllm:kv_cache_usage_perc{engine=\"0\"} 0\n"));

        assertThat(log.lines()).containsExactly("INFO a:8000 is vLLM 0.9.2 or newer now");
    }

    @Test
    void refusesABodyThatMakesTooLargeARecord() {
        String line = "some_metric{with=\"" + "x".repeat(200) + "\",number=\"%d\"} 1\n";
        String body = IntStream.range(0, 30_000).mapToObj(line::formatted).collect(Collectors.joining());

        assertThat(scrape(good(body)).failure()).isEqualTo(ScrapeFailure.BODY);
        assertThat(log.lines()).singleElement().asString().contains("30000 samples make a record of");
    }

    @Test
    void learnsTheContextLengthWithoutDelayingScrapes() {
        CompletableFuture<OptionalLong> length = endpoint.nextLength();

        assertThat(scrape(goodSince(100)).contextLength()).isZero();
        assertThat(scrape(goodSince(100)).contextLength()).isZero();
        assertThat(endpoint.lengthsAskedFor).isOne();

        length.complete(OptionalLong.of(32_768));
        assertThat(scrape(goodSince(100)).contextLength()).isEqualTo(32_768);
        assertThat(scrape(failed(ScrapeFailure.TIMEOUT)).contextLength()).isEqualTo(32_768);
        assertThat(endpoint.lengthsAskedFor).isOne();
    }

    @Test
    void asksForTheContextLengthAgainAfterARestartAndAfterBeingDown() {
        scrape(goodSince(100));
        scrape(goodSince(200));
        assertThat(endpoint.lengthsAskedFor).isEqualTo(2);

        scrape(failed(ScrapeFailure.REFUSED));
        scrape(goodSince(200));
        scrape(goodSince(200));
        assertThat(endpoint.lengthsAskedFor).isEqualTo(3);
    }

    @Test
    void asksForTheContextLengthUntilThereIsAnAnswer() {
        endpoint.nextLength().complete(OptionalLong.empty());
        endpoint.nextLength().completeExceptionally(new IllegalStateException("a mistake of ours"));
        endpoint.nextLength().complete(OptionalLong.of(4096));
        for (int i = 0; i < 5; i++) {
            scrape(goodSince(100));
        }

        assertThat(endpoint.lengthsAskedFor).isEqualTo(3);
        assertThat(scrape(goodSince(100)).contextLength()).isEqualTo(4096);
    }
}
