package io.vedette.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vedette.ingest.scrape.Credentials;
import io.vedette.ingest.scrape.ReceivedScrape;
import io.vedette.ingest.scrape.ScrapeOutcome;
import io.vedette.ingest.scrape.ScrapeTiming;
import io.vedette.ingest.scrape.Secret;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.ingest.scrape.TestServer;
import io.vedette.ingest.scrape.TlsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeLoopTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final ScrapeTiming EACH_SECOND = new ScrapeTiming(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final String METRICS = "# TYPE a gauge\na 1\n";

    private final List<Scraped> scraped = new CopyOnWriteArrayList<>();

    private record Scraped(String target, long timeMillis, ReceivedScrape scrape) {}

    @Test
    void handsOnWhatEachTargetAnswersInTheOrderOfItsTimes() {
        try (TestServer good = TestServer.serving(METRICS);
                TestServer bad = TestServer.start((request, answer) -> answer.send(503, "busy"));
                ScrapeLoop loop = start(TargetSettings.of(good.url("")), TargetSettings.of(bad.url("")))) {
            await().atMost(SOON).until(() -> of(good).size() >= 2 && of(bad).size() >= 2);
            assertThat(loop.skipped()).isNotNegative();
            assertThat(of(good)).extracting(Scraped::timeMillis).isSorted().doesNotHaveDuplicates();
            assertThat(of(good).get(0).scrape().body()).asString(UTF_8).isEqualTo(METRICS);
            assertThat(of(bad).get(0).scrape().outcome())
                    .isInstanceOfSatisfying(ScrapeOutcome.Failed.class, failed -> assertThat(failed.detail())
                            .isEqualTo("HTTP 503"));
        }
    }

    @Test
    void whatIsBeingHandledWhenItEndsIsHandledToTheEnd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (TestServer server = TestServer.serving(METRICS)) {
            ScrapeLoop loop = ScrapeLoop.start(
                    settings(TargetSettings.of(server.url(""))),
                    Optional.empty(),
                    InstantSource.system(),
                    (target, time, scrape) -> {
                        begun.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            return;
                        }
                        scraped.add(new Scraped(target, time, scrape));
                    });
            begun.await();
            Thread closing = new Thread(loop::close);
            closing.start();
            go.countDown();
            closing.join();
        }

        assertThat(scraped).hasSize(1);
    }

    @Test
    void aSecretThatCannotBeReadIsSaidBeforeTheFirstScrape(@TempDir Path folder) {
        TargetSettings target = new TargetSettings(
                TargetSettings.address("http://127.0.0.1:1"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new Credentials.Authorization("Bearer", Secret.inFile(folder.resolve("token"))),
                TlsSettings.DEFAULT);

        assertThatThrownBy(() -> start(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.resolve("token").toString());
    }

    private ScrapeLoop start(TargetSettings... targets) {
        return ScrapeLoop.start(
                settings(targets),
                Optional.empty(),
                InstantSource.system(),
                (target, time, scrape) -> scraped.add(new Scraped(target, time, scrape)));
    }

    private static AgentSettings settings(TargetSettings... targets) {
        return AgentSettings.of(List.of(targets)).withTiming(EACH_SECOND);
    }

    private List<Scraped> of(TestServer server) {
        return scraped.stream()
                .filter(one -> one.target().equals("127.0.0.1:" + server.port()))
                .toList();
    }
}
