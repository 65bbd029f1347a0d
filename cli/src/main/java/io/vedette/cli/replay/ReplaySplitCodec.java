package io.vedette.cli.replay;

import io.vedette.cli.capture.Capture;
import io.vedette.model.sample.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Carries the split from Flink's coordinator to its reader. */
final class ReplaySplitCodec implements SimpleVersionedSerializer<ReplaySplit> {
    private static final int VERSION = 1;
    private static final int USUAL_BYTES = 256;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ReplaySplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        out.writeInt(split.captures().size());
        for (ReplayedCapture replayed : split.captures()) {
            Capture capture = replayed.capture();
            Target target = capture.target();
            out.writeUTF(capture.name());
            out.writeUTF(capture.location().toString());
            out.writeLong(replayed.intervalMillis());
            out.writeUTF(target.instance());
            out.writeUTF(target.node());
            out.writeUTF(target.agent());
            out.writeUTF(target.modelName());
            out.writeUTF(target.role());
            out.writeInt(target.gpus().size());
            for (String gpu : target.gpus()) {
                out.writeUTF(gpu);
            }
            out.writeInt(target.labels().size());
            for (Map.Entry<String, String> label : target.labels().entrySet()) {
                out.writeUTF(label.getKey());
                out.writeUTF(label.getValue());
            }
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public ReplaySplit deserialize(int version, byte[] serialized) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        List<ReplayedCapture> captures = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            Path location = Path.of(in.readUTF());
            long intervalMillis = in.readLong();
            Target target = new Target(
                    in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), gpus(in), labels(in));
            captures.add(new ReplayedCapture(new Capture(name, location, target), intervalMillis));
        }
        return new ReplaySplit(captures);
    }

    private static List<String> gpus(DataInputDeserializer in) throws IOException {
        List<String> gpus = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            gpus.add(in.readUTF());
        }
        return gpus;
    }

    private static Map<String, String> labels(DataInputDeserializer in) throws IOException {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            labels.put(in.readUTF(), in.readUTF());
        }
        return labels;
    }
}
