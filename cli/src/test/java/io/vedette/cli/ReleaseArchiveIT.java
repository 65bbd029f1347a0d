package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code mvn -Prelease package} has made, unpacked into an empty folder and run with the runtime that it brings. */
@EnabledIfSystemProperty(named = ReleaseArchiveIT.ARCHIVE, matches = ".+")
class ReleaseArchiveIT {
    static final String ARCHIVE = "vedette.archive";
    private static final int MINUTES = 5;

    @TempDir
    static Path folder;

    private static Path unpacked = Path.of("");

    private record Ended(int code, String output) {}

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = Path.of(System.getProperty(ARCHIVE));
        Ended sum = run(archive.getParent(), List.of("sha256sum", "--check", archive.getFileName() + ".sha256"));
        assertThat(sum.code()).as(sum.output()).isZero();
        Ended tar = run(folder, List.of("tar", "xzf", archive.toString()));
        assertThat(tar.code()).as(tar.output()).isZero();
        try (Stream<Path> files = Files.list(folder)) {
            unpacked = files.findFirst().orElseThrow();
        }
    }

    /** Without a JDK on the path or in the environment. */
    private static Ended run(Path in, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                .as("%s ends", command)
                .isTrue();
        String text = Files.readString(output);
        Files.delete(output);
        return new Ended(process.exitValue(), text);
    }

    @Test
    void playsBackACaptureWithItsOwnRuntime() throws Exception {
        Path capture = Path.of("../captures/restart").toAbsolutePath();

        Ended replay = run(unpacked, List.of("./vedette", "replay", capture.toString()));

        assertThat(replay.code()).as(replay.output()).isZero();
        assertThat(replay.output()).contains("target-down");
    }

    @Test
    void saysWhatItIsAndWhatItCanDo() throws Exception {
        Ended help = run(unpacked, List.of("./vedette", "--help"));
        Ended rules = run(unpacked, List.of("./vedette", "rules", "check", "rules/default.yaml"));

        assertThat(help.code()).as(help.output()).isZero();
        assertThat(help.output()).contains("replay", "record", "doctor");
        assertThat(rules.code()).as(rules.output()).isZero();
    }

    @Test
    void bringsCompletionsDocumentsLicencesAndABillOfMaterials() throws Exception {
        Ended completions = run(unpacked, List.of("bash", "-n", "completions/vedette.bash"));
        JsonNode bill = new JsonMapper().readTree(unpacked.resolve("sbom.cdx.json").toFile());

        assertThat(completions.code()).as(completions.output()).isZero();
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.path("components").findValuesAsText("name"))
                .contains("flink-runtime", "kafka-clients", "vedette-model")
                .doesNotContain("junit-jupiter");
        assertThat(List.of("LICENSE", "NOTICE", "README.md", "docs/rules.md", "rules/default.yaml", "runtime/legal"))
                .allSatisfy(name -> assertThat(unpacked.resolve(name)).exists());
    }
}
