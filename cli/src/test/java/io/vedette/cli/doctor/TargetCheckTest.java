package io.vedette.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vedette.ingest.AgentSettings;
import io.vedette.ingest.scrape.Credentials;
import io.vedette.ingest.scrape.Secret;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.ingest.scrape.TlsSettings;
import io.vedette.model.catalogue.Catalogue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetCheckTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int TARGETS = 6;

    @TempDir
    private Path folder;

    @Test
    void manyTargetsThatBlockAThreadEachDoNotKeepTheOthersFromTheirDeadline() throws Exception {
        List<Finding> findings = new CopyOnWriteArrayList<>();
        Path pipe = pipe();
        AgentSettings settings = AgentSettings.of(List.of());
        try (TargetCheck check = new TargetCheck(settings, Catalogue.shipped())) {
            for (int i = 0; i < TARGETS; i++) {
                TargetSettings target = target(i, pipe);
                start(() -> findings.add(check.check(target).finding()));
            }
            await().atMost(LONG).until(() -> findings.size() == TARGETS);
        } finally {
            // Who opens the other end lets the readers go.
            Files.newByteChannel(pipe, StandardOpenOption.WRITE).close();
        }

        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.status()).isEqualTo(Finding.Status.FAULT);
            assertThat(finding.detail()).endsWith(": no whole answer within 3000 ms");
        });
    }

    /** A secret's file that nobody writes to blocks its reader, as a file server or a name server that is away does. */
    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("secret");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private static TargetSettings target(int number, Path secret) {
        return new TargetSettings(
                URI.create("http://127.0.0.1:" + (1 + number) + "/metrics"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                new Credentials.Authorization(Credentials.Authorization.BEARER, Secret.inFile(secret)),
                TlsSettings.DEFAULT);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
