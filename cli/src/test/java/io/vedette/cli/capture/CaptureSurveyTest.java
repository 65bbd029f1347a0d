package io.vedette.cli.capture;

import static io.vedette.cli.capture.CaptureFiles.archive;
import static io.vedette.cli.capture.CaptureFiles.entries;
import static io.vedette.cli.capture.CaptureFiles.folder;
import static io.vedette.cli.capture.CaptureFiles.truncate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureSurveyTest {
    private static final Map<String, String> AMONG_OTHER_THINGS = entries(
            "1000.prom",
            "a 1\n",
            "1000.5.prom",
            "a 1\n",
            "noon.down",
            "timeout",
            "7000.prom",
            "a 1\n",
            "notes.txt",
            "",
            "4000.down",
            "timeout");

    @TempDir
    private Path temp;

    @Test
    void tellsHowManyThereAreWhenAndHowFarApart() throws IOException {
        Path folder = folder(
                temp.resolve("a"),
                entries("1000.prom", "", "6000.down", "", "11000.prom", "", "16000.prom", "", "100000.prom", ""));

        assertThat(survey(folder)).isEqualTo(new CaptureSurvey(5, 1000, 100_000, 5000, true, Optional.empty()));
    }

    @Test
    void aSingleScrapeHasNoInterval() throws IOException {
        Path folder = folder(temp.resolve("a"), Map.of("1000.prom", ""));

        assertThat(survey(folder)).isEqualTo(new CaptureSurvey(1, 1000, 1000, 0, true, Optional.empty()));
    }

    @Test
    void countsWhatWasMeantToBeAScrapeInAnArchiveAndSeesItsOrder() throws IOException {
        Path archive = archive(temp.resolve("a/scrapes.tar.xz"), AMONG_OTHER_THINGS);

        assertThat(survey(archive)).isEqualTo(new CaptureSurvey(3, 1000, 7000, 3000, false, Optional.empty(), 2));
    }

    @Test
    void countsWhatWasMeantToBeAScrapeInAFolder() throws IOException {
        Path folder = folder(temp.resolve("a"), AMONG_OTHER_THINGS);
        Files.createDirectory(folder.resolve("9000.prom"));

        assertThat(survey(folder)).isEqualTo(new CaptureSurvey(3, 1000, 7000, 3000, true, Optional.empty(), 3));
    }

    @Test
    void anArchiveCutWithinABodyKeepsWhatComesBefore() throws IOException {
        Path file = threeScrapes("scrapes.tar");
        truncate(file, 4 * 512 + 1000);

        assertThat(survey(file)).isEqualTo(damaged(file + " cannot be read beyond 6000.prom (Truncated TAR archive)"));
    }

    @Test
    void anArchiveCutWithinAHeaderKeepsWhatComesBefore() throws IOException {
        Path file = threeScrapes("scrapes.tar");
        truncate(file, 4 * 512 + 200);

        assertThat(survey(file)).isEqualTo(damaged(file + " cannot be read beyond 6000.prom (it ends too early)"));
    }

    @Test
    void aCompressedArchiveThatIsCutSaysSo() throws IOException {
        Path gzip = threeScrapes("scrapes.tar.gz");
        truncate(gzip, (int) Files.size(gzip) - 1000);
        Path xz = threeScrapes("scrapes.tar.xz");
        truncate(xz, (int) Files.size(xz) - 1000);

        assertThat(survey(gzip)).isEqualTo(damaged(gzip + " cannot be read beyond 6000.prom (it ends too early)"));
        assertThat(survey(xz)).isEqualTo(unreadable(xz + " cannot be read at all (it ends too early)"));
    }

    @Test
    void aFileThatIsNoArchiveSaysSo() throws IOException {
        Path xz = Files.writeString(temp.resolve("a.tar.xz"), "<html>Not found</html>");
        Path gzip = Files.writeString(temp.resolve("b.tar.gz"), "<html>Not found</html>");
        Path tar = Files.writeString(temp.resolve("c.tar"), "<html>Not found</html>");

        assertThat(survey(xz)).isEqualTo(unreadable(xz + " cannot be read at all (Input is not in the XZ format)"));
        assertThat(survey(gzip)).isEqualTo(unreadable(gzip + " cannot be read at all (Not in GZIP format)"));
        assertThat(survey(tar)).isEqualTo(unreadable(tar + " cannot be read at all (it ends too early)"));
    }

    @Test
    void refusesAnArchiveThatClaimsMoreMemoryThanThereIs() throws IOException {
        Path file = archive(temp.resolve("a/scrapes.tar.xz"), AMONG_OTHER_THINGS);
        Files.write(file, claimingLargestDictionary(Files.readAllBytes(file)));

        assertThat(survey(file).damage()).hasValueSatisfying(damage -> assertThat(damage)
                .startsWith(file + " cannot be read at all (")
                .contains("KiB of memory would be needed"));
    }

    /** Changes the only property of LZMA2 in the header of the first block, which has a CRC of its own (the .xz file format, 3.1). */
    private static byte[] claimingLargestDictionary(byte[] xz) {
        int header = 12;
        int property = header + 4;
        xz[property] = 37;
        int crc = header + 4 * xz[header];
        CRC32 sum = new CRC32();
        sum.update(xz, header, crc - header);
        ByteBuffer.wrap(xz).order(ByteOrder.LITTLE_ENDIAN).putInt(crc, (int) sum.getValue());
        return xz;
    }

    /** The third body does not compress, so that cutting its end leaves the others whole. */
    private Path threeScrapes(String name) throws IOException {
        StringBuilder body = new StringBuilder();
        new Random(1).ints(4000, '0', 'z').forEach(c -> body.append((char) c));
        return archive(
                temp.resolve("a").resolve(name),
                entries("1000.prom", "first", "6000.prom", "second", "11000.prom", body.toString()));
    }

    private static CaptureSurvey damaged(String damage) {
        return new CaptureSurvey(2, 1000, 6000, 5000, true, Optional.of(damage));
    }

    private static CaptureSurvey unreadable(String damage) {
        return new CaptureSurvey(0, 0, 0, 0, true, Optional.of(damage));
    }

    private static CaptureSurvey survey(Path place) {
        return CaptureSurvey.of(CaptureFinder.find(List.of(place)).get(0));
    }
}
