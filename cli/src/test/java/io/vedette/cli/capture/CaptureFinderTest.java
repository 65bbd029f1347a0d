package io.vedette.cli.capture;

import static io.vedette.cli.capture.CaptureFiles.archive;
import static io.vedette.cli.capture.CaptureFiles.entries;
import static io.vedette.cli.capture.CaptureFiles.folder;
import static io.vedette.cli.capture.CaptureFiles.scrapes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vedette.cli.UserMistake;
import io.vedette.model.sample.Target;
import io.vedette.model.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFinderTest {
    private static final Map<String, String> TWO_SCRAPES = entries("1000.prom", "a 1\n", "6000.down", "refused\n");
    private static final String EXPECTED =
            "a capture has scrapes.tar.xz, .tar.gz or .tar, or files named UNIX_MILLIS.prom";

    @TempDir
    Path temp;

    @Test
    void aFolderOfFilesIsACaptureCalledLikeTheFolder() throws IOException {
        Path overload = folder(temp.resolve("overload"), TWO_SCRAPES);

        assertThat(CaptureFinder.find(List.of(overload)))
                .containsExactly(new Capture("overload", overload, target("overload")));
        assertThat(scrapes(only(overload))).containsExactly("1000 up a 1\n", "6000 down refused\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scrapes.tar", "scrapes.tar.gz", "scrapes.tar.xz"})
    void aFolderWithAnArchiveIsACaptureCalledLikeTheFolder(String name) throws IOException {
        Path file = archive(temp.resolve("overload").resolve(name), TWO_SCRAPES);

        assertThat(CaptureFinder.find(List.of(temp.resolve("overload"))))
                .containsExactly(new Capture("overload", file, target("overload")));
        assertThat(scrapes(only(temp.resolve("overload")))).containsExactly("1000 up a 1\n", "6000 down refused\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"monday.tar", "monday.tar.gz", "monday.tar.xz"})
    void anArchiveOfAnotherNameIsACaptureCalledLikeItself(String name) throws IOException {
        Path file = archive(temp.resolve(name), TWO_SCRAPES);

        assertThat(CaptureFinder.find(List.of(file))).containsExactly(new Capture("monday", file, target("monday")));
        assertThat(scrapes(only(file))).containsExactly("1000 up a 1\n", "6000 down refused\n");
    }

    @Test
    void anArchiveNamedScrapesIsCalledLikeItsFolder() throws IOException {
        Path file = archive(temp.resolve("overload/scrapes.tar.gz"), TWO_SCRAPES);

        assertThat(CaptureFinder.find(List.of(file)))
                .containsExactly(new Capture("overload", file, target("overload")));
    }

    @Test
    void aFolderOfCapturesHasThemAllByName() throws IOException {
        Path fleet = temp.resolve("fleet");
        Path b = folder(fleet.resolve("b"), TWO_SCRAPES);
        Path c = archive(fleet.resolve("c/scrapes.tar.xz"), TWO_SCRAPES);
        folder(fleet.resolve("notes"), Map.of("README.md", "none of them"));
        Path a = folder(temp.resolve("a"), TWO_SCRAPES);

        assertThat(CaptureFinder.find(List.of(fleet, a)))
                .containsExactly(
                        new Capture("a", a, target("a")),
                        new Capture("b", b, target("b")),
                        new Capture("c", c, target("c")));
    }

    @Test
    void anEmptyFolderIsRefused() throws IOException {
        Path empty = Files.createDirectory(temp.resolve("empty"));

        assertThatThrownBy(() -> CaptureFinder.find(List.of(empty)))
                .isInstanceOf(UserMistake.class)
                .hasMessage(empty + ": neither a capture nor a folder of captures; " + EXPECTED);
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        Path missing = temp.resolve("missing");

        assertThatThrownBy(() -> CaptureFinder.find(List.of(missing)))
                .isInstanceOf(UserMistake.class)
                .hasMessage(missing + ": there is no such folder; " + EXPECTED);
    }

    @Test
    void aFileThatIsNoArchiveIsRefused() throws IOException {
        Path zip = Files.writeString(temp.resolve("scrapes.zip"), "");

        assertThatThrownBy(() -> CaptureFinder.find(List.of(zip)))
                .isInstanceOf(UserMistake.class)
                .hasMessage(zip + ": not an archive that replay knows; " + EXPECTED);
    }

    @Test
    void twoCapturesOfOneNameAreRefused() throws IOException {
        Path one = folder(temp.resolve("monday/overload"), TWO_SCRAPES);
        Path other = folder(temp.resolve("tuesday/overload"), TWO_SCRAPES);

        assertThatThrownBy(() -> CaptureFinder.find(List.of(one, other)))
                .isInstanceOf(UserMistake.class)
                .hasMessage("two captures are called 'overload': " + one + " and " + other
                        + "; a target is called like its folder, so rename one");
    }

    @Test
    void whatIsKnownOfTheTargetStandsBesideItsScrapes() throws IOException {
        Path replica = folder(temp.resolve("replica-7"), TWO_SCRAPES);
        Files.writeString(replica.resolve("target.yaml"), """
                url: http://10.0.0.7:8000/metrics
                node: gpu-7
                labels: {instance: "10.0.0.7:8000", model_name: glm-4.7-flash, role: decode, rack: r12}
                """);

        assertThat(only(replica).target())
                .isEqualTo(
                        new Target("replica-7", "gpu-7", "replay", "glm-4.7-flash", "decode", Map.of("rack", "r12")));
    }

    @Test
    void anUnknownKeyOfTheTargetIsToldWithItsPlaceAndTheNearestRightOne() throws IOException {
        Path replica = folder(temp.resolve("replica-7"), TWO_SCRAPES);
        Path description = Files.writeString(replica.resolve("target.yaml"), "node: gpu-7\nlabel: {rack: r12}\n");

        assertThatThrownBy(() -> CaptureFinder.find(List.of(replica)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(description + ":2:1: unknown key 'label'; did you mean 'labels'?");
    }

    @Test
    void aBadValueOfTheTargetIsToldWithItsFile() throws IOException {
        Path replica = folder(temp.resolve("replica-7"), TWO_SCRAPES);
        Path description = Files.writeString(replica.resolve("target.yaml"), "labels: {role: decoder}\n");

        assertThatThrownBy(() -> CaptureFinder.find(List.of(replica)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(description + ": label role must be both, prefill or decode: 'decoder'");
    }

    private static Capture only(Path place) {
        return CaptureFinder.find(List.of(place)).get(0);
    }

    private static Target target(String name) {
        return new Target(name, "", "replay", "", "both", Map.of());
    }
}
