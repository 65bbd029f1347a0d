package io.vedette.jobs.held;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OperatorSnapshotUtil;

/**
 * What a version of Vedette wrote into checkpoints, kept in test resources for good: a folder for each, named by a number. Nothing in it is ever written
 * again; {@code -Dvedette.hold=NUMBER} writes the set of a new version into a new folder.
 *
 * @param number of the set; the first is that of the first version
 */
public record HeldSet(int number) {
    private static final Path FOLDER = Path.of("src/test/resources/io/vedette/jobs/held");

    /** All sets that there are, the oldest first. */
    public static List<HeldSet> all() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(folder ->
                            new HeldSet(Integer.parseInt(folder.getFileName().toString())))
                    .sorted((a, b) -> Integer.compare(a.number, b.number))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The set that this run is to write; mostly none. */
    public static Optional<HeldSet> toWrite() {
        return Optional.ofNullable(Integer.getInteger("vedette.hold")).map(HeldSet::new);
    }

    private Path file(String name) {
        return FOLDER.resolve(String.valueOf(number)).resolve(name);
    }

    private Path newFile(String name) throws IOException {
        Path file = file(name);
        if (Files.exists(file)) {
            throw new IllegalStateException(file + " is held for good; write a set of another number");
        }
        Files.createDirectories(file.getParent());
        return file;
    }

    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Writes the state of an operator as Flink's checkpoints have it. */
    public void writeState(String name, OperatorSubtaskState state) throws IOException {
        OperatorSnapshotUtil.writeStateHandle(state, newFile(name).toString());
    }

    public OperatorSubtaskState state(String name) throws IOException, ClassNotFoundException {
        return OperatorSnapshotUtil.readStateHandle(file(name).toString());
    }

    public void writeText(String name, String text) throws IOException {
        Files.writeString(newFile(name), text, StandardCharsets.UTF_8);
    }

    public String text(String name) throws IOException {
        return Files.readString(file(name), StandardCharsets.UTF_8);
    }

    public void writeFrames(String name, List<Frame> frames) throws IOException {
        writeRecords(name, frames.stream().map(FrameCodec::encode).toList());
    }

    public List<Frame> frames(String name) throws IOException {
        return records(name).stream().map(FrameCodec::decode).toList();
    }

    public void writeRecords(String name, List<byte[]> records) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            out.writeInt(records.size());
            for (byte[] record : records) {
                out.writeInt(record.length);
                out.write(record);
            }
        }
        Files.write(newFile(name), bytes.toByteArray());
    }

    public List<byte[]> records(String name) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file(name))))) {
            List<byte[]> records = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                records.add(in.readNBytes(in.readInt()));
            }
            return records;
        }
    }
}
