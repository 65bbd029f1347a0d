package io.vedette.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.cli.UserMistake;
import io.vedette.model.sample.Target;
import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureTest {
    private static final String EXPECTED =
            "a capture has scrapes.tar.xz, .tar.gz or .tar, or files named UNIX_MILLIS.prom";

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {"scrapes.tar.xz", "scrapes.tar.gz", "scrapes.tar"})
    void readsArchives(String name) throws IOException {
        Path folder = Files.createDirectory(root.resolve("gpu-7"));
        Archives.write(
                folder.resolve(name), files("1000.prom", "a 1\n", "scrapes/6000.down", "refused x", "README", "no"));

        Capture capture = only(CaptureFinder.find(List.of(folder)));

        assertThat(capture.name()).isEqualTo("gpu-7");
        assertThat(CaptureSurvey.of(capture)).isEqualTo(new CaptureSurvey(2, 1000, 6000, 5000, true, Optional.empty()));
        assertThat(read(capture)).containsExactly("gpu-7 1000 good a 1\n", "gpu-7 6000 failed refused x");
    }

    @Test
    void readsFilesOfAFolderByTime() throws IOException {
        Path folder = Files.createDirectory(root.resolve("files"));
        Files.writeString(folder.resolve("10000.prom"), "c 1\n");
        Files.writeString(folder.resolve("9000.prom"), "b 1\n");
        Files.writeString(folder.resolve("expected.json"), "{}");

        assertThat(read(only(CaptureFinder.find(List.of(folder)))))
                .containsExactly("files 9000 good b 1\n", "files 10000 good c 1\n");
    }

    @Test
    void findsAFoldersCapturesAndMergesThemByTime() throws IOException {
        Path fleet = Files.createDirectory(root.resolve("fleet"));
        Archives.write(archive(fleet, "b"), files("1000.prom", "", "3000.prom", ""));
        Archives.write(archive(fleet, "a"), files("1000.prom", "", "2000.prom", "", "4000.prom", ""));
        Files.createDirectory(fleet.resolve("notes"));

        List<Capture> captures = CaptureFinder.find(List.of(fleet));

        assertThat(captures).extracting(Capture::name).containsExactly("a", "b");
        assertThat(read(captures.toArray(Capture[]::new)))
                .containsExactly("a 1000 good ", "b 1000 good ", "a 2000 good ", "b 3000 good ", "a 4000 good ");
    }

    @Test
    void bringsAnArchiveIntoOrder() throws IOException {
        Capture capture = captureOf(files("3000.prom", "c", "1000.prom", "a", "2000.down", "timeout"));
        assertThat(CaptureSurvey.of(capture).ascending()).isFalse();

        Capture ordered = Unpacking.into(root.resolve("unpacked"), capture);

        assertThat(CaptureSurvey.of(ordered).ascending()).isTrue();
        assertThat(read(ordered)).containsExactly("one 1000 good a", "one 2000 failed timeout", "one 3000 good c");
    }

    @Test
    void readsADamagedArchiveUpToTheDamage() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        String large = new String(noise, StandardCharsets.ISO_8859_1);
        Path archive = Archives.write(
                archive(root, "one").resolveSibling("scrapes.tar.gz"), files("1000.prom", "a 1\n", "2000.prom", large));
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));

        Capture capture = only(CaptureFinder.find(List.of(root.resolve("one"))));

        assertThat(CaptureSurvey.of(capture).damage()).hasValueSatisfying(damage -> assertThat(damage)
                .startsWith(archive + " cannot be read beyond 2000.prom ("));
        assertThat(read(capture)).containsExactly("one 1000 good a 1\n");
    }

    @Test
    void saysThatAFileIsNoArchive() throws IOException {
        Path archive = Files.writeString(archive(root, "one"), "this is no archive");

        CaptureSurvey survey = CaptureSurvey.of(only(CaptureFinder.find(List.of(root.resolve("one")))));

        assertThat(survey.scrapes()).isZero();
        assertThat(survey.damage())
                .hasValueSatisfying(damage -> assertThat(damage).startsWith(archive + " cannot be read at all ("));
    }

    @Test
    void takesTheMedianGapForTheInterval() {
        Capture capture = captureOf(files("0.prom", "", "5000.prom", "", "9900.prom", "", "60000.prom", ""));

        assertThat(CaptureSurvey.of(capture).intervalMillis()).isEqualTo(5000);
    }

    @Test
    void knowsTheTargetFromItsFile() throws IOException {
        Archives.write(archive(root, "one"), files("1000.prom", ""));
        Files.writeString(root.resolve("one/target.yaml"), """
                url: http://10.0.0.7:8000/metrics
                labels: {model_name: glm, role: decode, rack: r1}
                node: gpu-7
                """);

        assertThat(only(CaptureFinder.find(List.of(root.resolve("one")))).target())
                .isEqualTo(new Target("one", "gpu-7", "replay", "glm", "decode", Map.of("rack", "r1")));
    }

    @Test
    void namesAMistakeInTheTargetsFile() throws IOException {
        Archives.write(archive(root, "one"), files("1000.prom", ""));
        Path file = Files.writeString(root.resolve("one/target.yaml"), "lables: {}\n");

        assertThatThrownBy(() -> CaptureFinder.find(List.of(root)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ":1:1: unknown key 'lables'; did you mean 'labels'?");
    }

    @Test
    void saysWhatACaptureIsWhereThereIsNone() throws IOException {
        Path nowhere = root.resolve("nowhere");
        assertThatThrownBy(() -> CaptureFinder.find(List.of(nowhere)))
                .isInstanceOf(UserMistake.class)
                .hasMessage(nowhere + ": there is no such folder; " + EXPECTED);
        assertThatThrownBy(() -> CaptureFinder.find(List.of(root)))
                .isInstanceOf(UserMistake.class)
                .hasMessage(root + ": neither a capture nor a folder of captures; " + EXPECTED);
        Path zip = Files.writeString(root.resolve("scrapes.zip"), "");
        assertThatThrownBy(() -> CaptureFinder.find(List.of(zip)))
                .isInstanceOf(UserMistake.class)
                .hasMessage(zip + ": not an archive that replay knows; " + EXPECTED);
    }

    @Test
    void refusesTwoCapturesOfTheSameName() throws IOException {
        Path a = Archives.write(archive(Files.createDirectory(root.resolve("x")), "one"), files("1000.prom", ""));
        Path b = Archives.write(archive(Files.createDirectory(root.resolve("y")), "one"), files("1000.prom", ""));

        assertThatThrownBy(() -> CaptureFinder.find(List.of(root.resolve("x"), root.resolve("y"))))
                .isInstanceOf(UserMistake.class)
                .hasMessage("two captures are called 'one': " + a + " and " + b
                        + "; a target is called like its folder, so rename one");
    }

    private Capture captureOf(Map<String, String> files) {
        Archives.write(archive(root, "one"), files);
        return only(CaptureFinder.find(List.of(root.resolve("one"))));
    }

    private static Path archive(Path parent, String name) {
        try {
            return Files.createDirectories(parent.resolve(name)).resolve("scrapes.tar.xz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> files(String... namesAndContents) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            files.put(namesAndContents[i], namesAndContents[i + 1]);
        }
        return files;
    }

    private static Capture only(List<Capture> captures) {
        assertThat(captures).hasSize(1);
        return captures.get(0);
    }

    private static List<String> read(Capture... captures) throws IOException {
        List<String> scrapes = new ArrayList<>();
        try (MergedScrapes merged = new MergedScrapes(List.of(captures))) {
            while (merged.hasNext()) {
                MergedScrapes.Scrape scrape = merged.next();
                RecordedScrape recorded = scrape.recorded();
                scrapes.add(captures[scrape.capture()].name()
                        + ' '
                        + recorded.timeMillis()
                        + (recorded.failed() ? " failed " : " good ")
                        + new String(recorded.content(), StandardCharsets.UTF_8));
            }
        }
        return scrapes;
    }
}
