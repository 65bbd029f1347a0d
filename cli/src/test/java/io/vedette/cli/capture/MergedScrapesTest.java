package io.vedette.cli.capture;

import static io.vedette.cli.capture.CaptureFiles.archive;
import static io.vedette.cli.capture.CaptureFiles.entries;
import static io.vedette.cli.capture.CaptureFiles.folder;
import static io.vedette.cli.capture.CaptureFiles.scrapes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedScrapesTest {
    @TempDir
    Path temp;

    @Test
    void comeByTimeAndAtTheSameTimeInTheOrderOfTheCaptures() throws IOException {
        Path a = folder(temp.resolve("a"), entries("1000.prom", "a1", "6000.prom", "a6"));
        Path b = archive(
                temp.resolve("b/scrapes.tar"), entries("500.prom", "b0", "1000.down", "refused", "7000.prom", "b7"));

        assertThat(scrapes(captures(a, b)))
                .containsExactly("b 500 up b0", "a 1000 up a1", "b 1000 down refused", "a 6000 up a6", "b 7000 up b7");
    }

    @Test
    void aFoldersFilesComeByTheirTimesNotByTheLettersOfTheirNames() throws IOException {
        Path folder =
                folder(temp.resolve("a"), entries("1000.prom", "second", "999.prom", "first", "20000.prom", "third"));

        assertThat(scrapes(captures(folder))).containsExactly("999 up first", "1000 up second", "20000 up third");
    }

    @Test
    void anArchiveOutOfOrderIsBroughtIntoItByUnpacking() throws IOException {
        Path file = archive(
                temp.resolve("a/scrapes.tar.gz"),
                entries("11000.prom", "third", "1000.prom", "first", "6000.down", "timeout second"));
        Capture capture = captures(file)[0];

        Capture unpacked = Unpacking.into(temp.resolve("unpacked"), capture);

        assertThat(unpacked).isEqualTo(new Capture("a", temp.resolve("unpacked/scrapes.spool"), capture.target()));
        assertThat(scrapes(unpacked)).containsExactly("1000 up first", "6000 down timeout second", "11000 up third");
    }

    @Test
    void entriesOfOtherNamesArePassedOver() throws IOException {
        Path file = archive(
                temp.resolve("a/scrapes.tar"),
                entries(
                        "scrapes/", "",
                        "scrapes/README.md", "none",
                        "scrapes/1000.prom", "first",
                        "./2000.prom.bak", "none",
                        "x3000.prom", "none",
                        "-4000.prom", "none",
                        "12345678901234567890.prom", "none",
                        "./6000.prom", "second"));

        assertThat(scrapes(captures(file))).containsExactly("1000 up first", "6000 up second");
    }

    @Test
    void anArchiveThatIsCutEndsWithItsLastWholeScrape() throws IOException {
        Path file = archive(temp.resolve("a/scrapes.tar"), Map.of("1000.prom", "x".repeat(2000)));
        Path whole = archive(
                temp.resolve("b/scrapes.tar"),
                entries("1000.prom", "first", "6000.prom", "second", "11000.prom", "x".repeat(2000)));
        CaptureFiles.truncate(file, 1000);
        CaptureFiles.truncate(whole, 4 * 512 + 1000);

        assertThat(scrapes(captures(file, whole))).containsExactly("b 1000 up first", "b 6000 up second");
    }

    @Test
    void thereIsNoneBeyondTheLast() throws IOException {
        try (MergedScrapes scrapes = new MergedScrapes(List.of())) {
            assertThat(scrapes.hasNext()).isFalse();
            assertThatThrownBy(scrapes::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    private static Capture[] captures(Path... places) {
        return CaptureFinder.find(List.of(places)).toArray(Capture[]::new);
    }
}
