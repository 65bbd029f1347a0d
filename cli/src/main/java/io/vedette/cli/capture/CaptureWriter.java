package io.vedette.cli.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.cli.UserMistake;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the capture of one target, a file a scrape: each appears whole or not at all, and none is ever written over, so that whoever ends in the middle
 * leaves a capture that can be replayed, and gone on with. Used by one thread at a time.
 */
public final class CaptureWriter {
    /** Not the ending of a scrape, so that nobody takes half a file for one. */
    private static final String UNFINISHED = ".unfinished";

    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private long newestMillis;

    private CaptureWriter(Path folder, long newestMillis) {
        this.folder = folder;
        this.newestMillis = newestMillis;
    }

    /**
     * Makes the folder of a target, or goes on with the one that is there.
     *
     * @param parent where captures lie
     * @param url where the target is scraped; empty for the node's cards
     * @throws UserMistake when the target's name can't be that of a folder, or what is there is something else
     * @throws IOException when it can't be written
     */
    public static CaptureWriter open(Path parent, Optional<URI> url, Target target, Instant now) throws IOException {
        Path folder = parent.resolve(folderName(target.instance()));
        Files.createDirectories(folder);
        requireNoArchive(folder);
        long newest = lookThrough(folder);
        if (newest >= now.toEpochMilli()) {
            throw new UserMistake(folder + " has a scrape of " + Instant.ofEpochMilli(newest)
                    + ", which is yet to come; set the clock right, or choose another folder with --out");
        }
        CaptureWriter writer = new CaptureWriter(folder, newest);
        writer.describe(CaptureTarget.write(url, target));
        return writer;
    }

    private static String folderName(String target) {
        if (target.indexOf('/') >= 0 || target.startsWith(".") || target.getBytes(UTF_8).length > LONGEST_NAME) {
            throw new UserMistake("a capture's folder is called like its target, and '" + target
                    + "' is no name for a folder; give the target a label 'instance' without / and leading dot");
        }
        return target;
    }

    /** Files beside an archive are not replayed. */
    private static void requireNoArchive(Path folder) throws IOException {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, "scrapes.tar*")) {
            for (Path archive : archives) {
                throw new UserMistake(archive + " is a capture that is finished; unpack it there and remove it to go on"
                        + " with it, or choose another folder with --out");
            }
        }
    }

    /** The time of the newest scrape, or 0; what a run that was killed has left unfinished is removed. */
    private static long lookThrough(Path folder) throws IOException {
        long newest = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(UNFINISHED)) {
                    Files.delete(file);
                }
                newest = Math.max(
                        newest, EntryName.of(name).map(EntryName::timeMillis).orElse(0L));
            }
        }
        return newest;
    }

    private void describe(String description) throws IOException {
        Path file = folder.resolve(CaptureTarget.FILE);
        if (!Files.exists(file)) {
            writeWhole(CaptureTarget.FILE, description.getBytes(UTF_8));
        } else if (!Files.readString(file).equals(description)) {
            throw new UserMistake(file + " tells of another target, or of other labels; choose another folder with"
                    + " --out, or remove that file if it is the same target after all");
        }
    }

    /** Writes a scrape that succeeded; gives the bytes written. */
    public long good(long timeMillis, byte[] body) throws IOException {
        return write(timeMillis, false, body);
    }

    /** Writes a scrape that failed; gives the bytes written. */
    public long failed(long timeMillis, ScrapeFailure reason, String detail) throws IOException {
        return write(timeMillis, true, (reason.word() + ' ' + detail + '\n').getBytes(UTF_8));
    }

    private long write(long timeMillis, boolean failed, byte[] content) throws IOException {
        if (timeMillis <= newestMillis) {
            throw new IllegalArgumentException(
                    "scrapes come in the order of their times: " + timeMillis + " after " + newestMillis);
        }
        writeWhole(new EntryName(timeMillis, failed).toString(), content);
        newestMillis = timeMillis;
        return content.length;
    }

    private void writeWhole(String name, byte[] content) throws IOException {
        Path unfinished = folder.resolve(name + UNFINISHED);
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(unfinished);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }
}
