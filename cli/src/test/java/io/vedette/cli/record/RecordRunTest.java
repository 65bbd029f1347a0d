package io.vedette.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.sample.ScrapeFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordRunTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "51234, 51.2 kB",
        "999960, 1.0 MB",
        "18200000, 18.2 MB",
        "2500000000, 2.5 GB",
        "7000000000000, 7.0 TB",
        "7000000000000000, 7000.0 TB"
    })
    void sizesAreWrittenForPeople(long bytes, String text) {
        assertThat(RecordRun.size(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {"cap/1, cap/1", "/a b, '/a b'", "it's, 'it'\\''s'", "$HOME, '$HOME'"})
    void theCommandToTypeNextCanBeTyped(String path, String word) {
        assertThat(RecordRun.shellWord(path)).isEqualTo(word);
    }

    @Test
    void whyItCannotBeWrittenIsSaidInWords() {
        assertThat(List.of(
                                new IOException("No space left on device"),
                                new FileSystemException("/f", null, "Read-only file system"),
                                new AccessDeniedException("/f"),
                                new NoSuchFileException("/f"),
                                new FileAlreadyExistsException("/f"),
                                new IOException())
                        .stream()
                        .map(WriteFailure::reason))
                .containsExactly(
                        "no space left on device",
                        "read-only file system",
                        "permission denied",
                        "it is not there",
                        "a file is in the place of a folder",
                        "IOException");
    }

    @Test
    void talliesAddUp() {
        Tally all = Tally.good(100)
                .and(Tally.failed(ScrapeFailure.TIMEOUT, 10))
                .and(Tally.failed(ScrapeFailure.REFUSED, 10))
                .and(Tally.failed(ScrapeFailure.REFUSED, 10));

        assertThat(all.scrapes()).isEqualTo(4);
        assertThat(all.bytes()).isEqualTo(130);
        assertThat(all.failuresInWords()).isEqualTo("3 failed (2 refused, 1 timeout)");
        assertThat(Tally.NONE.failuresInWords()).isEqualTo("none failed");
    }

    @Test
    void theProgressStaysBelowWhatIsSaid() {
        StringWriter terminal = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(terminal), true);

        line.show("1 of 3");
        line.show("1 of 3");
        line.say("a is down");
        line.show("2 of 3");
        line.clear();
        line.say("done");

        assertThat(terminal.toString().replace("\r\u001b[K", "<"))
                .isEqualTo("<1 of 3<a is down%n1 of 3<2 of 3<done%n".formatted());
    }

    @Test
    void withoutATerminalNothingMoves() {
        StringWriter file = new StringWriter();
        ProgressLine line = new ProgressLine(new PrintWriter(file), false);

        line.show("1 of 3");
        line.say("a is down");
        line.clear();

        assertThat(file.toString()).isEqualTo("a is down%n".formatted());
    }
}
