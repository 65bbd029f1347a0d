package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The archive that {@code mvn -Prelease package} has made, unpacked into an empty folder and run with the runtime that it brings. */
@EnabledIfSystemProperty(named = ReleaseArchiveIT.ARCHIVE, matches = ".+")
class ReleaseArchiveIT {
    static final String ARCHIVE = "vedette.archive";
    private static final Duration LONG = Duration.ofMinutes(5);
    /** A link of a document to a file: neither to the net nor within the page. */
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]+)");

    @TempDir
    static Path folder;

    private static Path unpacked = Path.of("");

    private record Ended(int code, String output) {}

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = Path.of(System.getProperty(ARCHIVE)).toAbsolutePath();
        Ended sum = run(archive.resolveSibling(""), List.of("sha256sum", "--check", archive.getFileName() + ".sha256"));
        assertThat(sum.code()).as(sum.output()).isZero();
        // A blank in the path is where launchers break.
        Path empty = Files.createDirectory(folder.resolve("an empty folder"));
        Ended tar = run(empty, List.of("tar", "xzf", archive.toString()));
        assertThat(tar.code()).as(tar.output()).isZero();
        unpacked = empty.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        try (Stream<Path> files = Files.list(empty)) {
            assertThat(files).containsExactly(unpacked);
        }
    }

    @Test
    void playsBackACaptureWithItsOwnRuntime() throws Exception {
        Ended replay = run(unpacked, List.of("./vedette", "replay", "captures/restart"));

        assertThat(replay.code()).as(replay.output()).isZero();
        assertThat(replay.output()).contains("target-down");
    }

    @Test
    void saysWhatItIsAndChecksItsRules() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("vedette"), unpacked.resolve("vedette"));

        Ended help = run(folder, List.of(link.toString(), "--help"));
        Ended rules = run(unpacked, List.of("./vedette", "rules", "check", "rules/default.yaml"));

        assertThat(help.code()).as(help.output()).isZero();
        assertThat(help.output()).contains("replay", "record", "doctor");
        assertThat(rules.code()).as(rules.output()).isZero();
    }

    @Test
    void watchesATargetUntilItIsStopped() throws Exception {
        Path place = Files.createDirectory(folder.resolve("place"));
        Path output = place.resolve("output.txt");
        try (var vllm = new FakeVllm()) {
            Path configuration = Files.writeString(place.resolve("vedette.yaml"), """
                    agent: {interval: 1s, timeout: 1s, targets: [{url: "%s"}]}
                    listen: {metrics: "127.0.0.1:0", kafka: 0}
                    """.formatted(vllm.url("/metrics")));
            Process up = start(
                    place,
                    List.of(unpacked.resolve("vedette").toString(), "up", "-c", configuration.toString()),
                    output);
            try {
                await().atMost(LONG)
                        .until(() -> !up.isAlive()
                                || (vllm.scrapes() > 2
                                        && Files.readString(output).contains("watching")));
                assertThat(up.isAlive()).as(Files.readString(output)).isTrue();
                up.destroy();
                assertThat(up.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(up.exitValue()).as(Files.readString(output)).isZero();
                assertThat(place.resolve("data")).isDirectory();
            } finally {
                up.destroyForcibly();
            }
        }
    }

    @Test
    void completesCommandsAndOptions() throws Exception {
        assertThat(completed("vedette rul")).isEqualTo("rules");
        assertThat(completed("vedette rules ch")).isEqualTo("check");
        assertThat(completed("vedette replay --al")).isEqualTo("--alerts");
    }

    @Test
    void saysInALineWhatIsMissing() throws Exception {
        Path part = Files.createDirectory(folder.resolve("part"));
        Files.copy(unpacked.resolve("vedette"), part.resolve("vedette"));
        Files.createSymbolicLink(part.resolve("runtime"), unpacked.resolve("runtime"));

        Ended help = run(part, List.of("./vedette", "--help"));

        assertThat(help)
                .isEqualTo(new Ended(
                        2,
                        "vedette: %s/app/vedette.jar is missing: unpack the release archive again\n".formatted(part)));
    }

    @Test
    void bringsTheLicenceOfEachJar() throws Exception {
        JsonNode bill =
                new JsonMapper().readTree(unpacked.resolve("sbom.cdx.json").toFile());
        List<String> unlicensed = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            String name = component.path("name").asText();
            List<String> licences = component.path("licenses").findValuesAsText("id");
            if (!licences.contains("Apache-2.0") && !licences.equals(List.of("0BSD")) && !hasText(name, component)) {
                unlicensed.add(name);
            }
        }

        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(unlicensed).isEmpty();
        assertThat(List.of("LICENSE", "NOTICE", "licenses/README.md", "runtime/legal/java.base/LICENSE"))
                .allSatisfy(name -> assertThat(unpacked.resolve(name)).exists());
    }

    @Test
    void itsBillNamesTheJarsThatItBringsAndNoOthers() throws Exception {
        JsonNode bill =
                new JsonMapper().readTree(unpacked.resolve("sbom.cdx.json").toFile());
        List<String> named = new ArrayList<>();
        for (JsonNode component : bill.path("components")) {
            named.add(component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar");
        }
        try (Stream<Path> jars = Files.list(unpacked.resolve("app/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())).containsExactlyInAnyOrderElementsOf(named);
        }
        assertThat(named).noneMatch(name -> name.startsWith("junit") || name.startsWith("assertj"));
    }

    @Test
    void bringsWhatItsDocumentsPointTo() throws Exception {
        List<String> broken = new ArrayList<>();
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path page : files.filter(
                            file -> file.toString().endsWith(".md") && !file.startsWith(unpacked.resolve("runtime")))
                    .toList()) {
                for (MatchResult link :
                        LINK.matcher(Files.readString(page)).results().toList()) {
                    if (!Files.exists(page.resolveSibling(link.group(1)))) {
                        broken.add(unpacked.relativize(page) + ": " + link.group(1));
                    }
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void doesNotTellWhereItWasBuilt() throws Exception {
        String checkout = Path.of("..").toRealPath().toString();

        Ended found =
                run(unpacked, List.of("grep", "--recursive", "--files-with-matches", "--fixed-strings", checkout, "."));

        assertThat(found).isEqualTo(new Ended(1, ""));
    }

    /** What bash would put for the last word of a line. */
    private static String completed(String line) throws Exception {
        Ended bash = run(unpacked, List.of("bash", "-c", """
                source completions/vedette.bash
                compopt() { :; }
                COMP_WORDS=(%s) COMP_LINE='%s'
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _complete_vedette
                printf '%%s' "${COMPREPLY[*]}"
                """.formatted(line, line)));
        assertThat(bash.code()).as(bash.output()).isZero();
        return bash.output();
    }

    /** Whether its licence is in its jar, or beside them under its name or, for a family of jars, under what that begins with. */
    private static boolean hasText(String name, JsonNode component) throws IOException {
        String jar = name + "-" + component.path("version").asText() + ".jar";
        try (var entries = new ZipFile(unpacked.resolve("app/lib").resolve(jar).toFile());
                Stream<Path> texts = Files.list(unpacked.resolve("licenses"))) {
            return entries.stream()
                            .anyMatch(entry ->
                                    entry.getName().toUpperCase(Locale.ROOT).matches("(META-INF/)?LICENSE[^/]*"))
                    || texts.anyMatch(text ->
                            name.startsWith(text.getFileName().toString().replace(".txt", "")));
        }
    }

    private static Ended run(Path in, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = start(in, command, output);
        assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                .as("%s ends", command)
                .isTrue();
        String text = Files.readString(output);
        Files.delete(output);
        return new Ended(process.exitValue(), text);
    }

    /** Without a JDK in the environment. */
    private static Process start(Path in, List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        return builder.start();
    }
}
