package io.vedette.cli.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.cli.UserMistake;
import io.vedette.ingest.scrape.Credentials;
import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.ingest.scrape.TlsSettings;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureWriterTest {
    private static final Instant NOW = Instant.ofEpochMilli(10_000);
    private static final String NAME = "gpu-7:8000";

    @TempDir
    Path out;

    @Test
    void writesWhatReplayReads() throws IOException {
        CaptureWriter writer = open("http://gpu-7:8000");

        assertThat(writer.good(10_000, "up 1\n".getBytes(UTF_8))).isEqualTo(5);
        writer.failed(15_000, ScrapeFailure.REFUSED, "port 8000 refuses connections");

        List<Capture> captures = CaptureFinder.find(List.of(out));
        assertThat(captures).hasSize(1);
        assertThat(CaptureFiles.scrapes(captures.get(0)))
                .containsExactly("10000 up up 1\n", "15000 down refused port 8000 refuses connections\n");
        assertThat(files()).containsExactly("10000.prom", "15000.down", "target.yaml");
    }

    @Test
    void aBodyIsKeptByteForByte() throws IOException {
        byte[] body = {0, 13, 10, -1, 'a'};

        open("http://gpu-7:8000").good(10_000, body);

        assertThat(out.resolve(NAME).resolve("10000.prom")).hasBinaryContent(body);
    }

    @Test
    void theTargetIsTheOneThatTheAgentWouldTellOf() throws IOException {
        TargetSettings settings = target(
                "https://gpu-7:8000/vllm/metrics?token=s3cr3t#s3cr3t",
                Map.of("model_name", "glm \"4.7\" \\ flash", "role", "prefill", "rack", "r12 \t ü 😀"));
        Target target = settings.target("agent", "gpu-7", Map.of("cluster", "bj1"));

        CaptureWriter.open(out, Optional.of(settings.url()), target, NOW);

        String description = Files.readString(out.resolve(NAME).resolve("target.yaml"));
        assertThat(description)
                .startsWith("url: \"https://gpu-7:8000/vllm/metrics\"\n")
                .doesNotContain("s3cr3t");
        Target read = CaptureTarget.read(NAME, out.resolve(NAME));
        assertThat(read)
                .isEqualTo(new Target(
                        NAME, target.node(), read.agent(), target.modelName(), target.role(), target.labels()));
    }

    @Test
    void goesOnWithWhatIsThere() throws IOException {
        open("http://gpu-7:8000").good(9_000, "a 1\n".getBytes(UTF_8));
        Files.writeString(out.resolve(NAME).resolve("9500.prom.unfinished"), "half a bo");

        open("http://gpu-7:8000").good(10_000, "a 2\n".getBytes(UTF_8));

        assertThat(files()).containsExactly("10000.prom", "9000.prom", "target.yaml");
        assertThat(out.resolve(NAME).resolve("9000.prom")).hasContent("a 1\n");
    }

    @Test
    void nothingIsEverWrittenOver() throws IOException {
        CaptureWriter writer = open("http://gpu-7:8000");
        writer.good(10_000, "a 1\n".getBytes(UTF_8));

        assertThatThrownBy(() -> writer.failed(10_000, ScrapeFailure.TIMEOUT, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scrapes come in the order of their times: 10000 after 10000");
        assertThat(files()).containsExactly("10000.prom", "target.yaml");
    }

    @Test
    void aClockThatIsBehindTheCaptureIsSaid() throws IOException {
        open("http://gpu-7:8000").good(60_000, "a 1\n".getBytes(UTF_8));

        assertMistake(
                "http://gpu-7:8000",
                out.resolve(NAME) + " has a scrape of 1970-01-01T00:01:00Z, which is yet to come; set the clock right,"
                        + " or choose another folder with --out");
    }

    @Test
    void anotherTargetOfTheSameNameIsNotMixedIn() throws IOException {
        open("http://gpu-7:8000");

        assertMistake(
                "http://gpu-7:8000/other",
                out.resolve(NAME).resolve("target.yaml")
                        + " tells of another target, or of other labels; choose another"
                        + " folder with --out, or remove that file if it is the same target after all");
    }

    @Test
    void aFinishedArchiveIsNotContinuedBesideItself() throws IOException {
        Path archive = Files.createDirectory(out.resolve(NAME)).resolve("scrapes.tar.xz");
        Files.writeString(archive, "");

        assertMistake(
                "http://gpu-7:8000",
                archive + " is a capture that is finished; unpack it there and remove it to go on with it, or choose"
                        + " another folder with --out");
    }

    @Test
    void aNameThatIsNoFoldersIsRefused() {
        TargetSettings settings = target("http://gpu-7:8000", Map.of("instance", "../x"));

        assertThatThrownBy(() -> CaptureWriter.open(
                        out, Optional.of(settings.url()), settings.target("agent", "gpu-7", Map.of()), NOW))
                .isInstanceOf(UserMistake.class)
                .hasMessage("a capture's folder is called like its target, and '../x' is no name for a folder; give the"
                        + " target a label 'instance' without / and leading dot");
    }

    @Test
    void whatCannotBeWrittenLeavesNothingBehind() throws IOException {
        CaptureWriter writer = open("http://gpu-7:8000");
        Files.createDirectory(out.resolve(NAME).resolve("10000.prom"));
        Files.writeString(out.resolve(NAME).resolve("10000.prom").resolve("in the way"), "");

        assertThatThrownBy(() -> writer.good(10_000, "a 1\n".getBytes(UTF_8))).isInstanceOf(IOException.class);

        assertThat(files()).containsExactly("10000.prom", "target.yaml");
    }

    private CaptureWriter open(String url) throws IOException {
        TargetSettings settings = target(url, Map.of());
        return CaptureWriter.open(out, Optional.of(settings.url()), settings.target("agent", "gpu-7", Map.of()), NOW);
    }

    private static TargetSettings target(String url, Map<String, String> labels) {
        return new TargetSettings(
                TargetSettings.address(url),
                labels,
                Optional.empty(),
                Optional.empty(),
                new Credentials.None(),
                TlsSettings.DEFAULT);
    }

    private void assertMistake(String url, String message) {
        assertThatThrownBy(() -> open(url)).isInstanceOf(UserMistake.class).hasMessage(message);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(out.resolve(NAME))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
