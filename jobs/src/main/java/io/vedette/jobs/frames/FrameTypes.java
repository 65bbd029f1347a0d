package io.vedette.jobs.frames;

import io.vedette.jobs.serial.CodecType;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.wire.Wire;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.frame.FrameFormatException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How frames travel between operators: as they stand on their topic. */
public final class FrameTypes {
    public static final TypeInformation<Frame> FRAME = CodecType.of(Frame.class, new StreamedFrame());

    private FrameTypes() {}

    /** Frames; its name stands in checkpoints. */
    public static final class StreamedFrame implements StreamCodec<Frame> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(Frame frame, DataOutput out) throws IOException {
            Wire.writeBytes(out, FrameCodec.encode(frame));
        }

        @Override
        public Frame read(int version, DataInput in) throws IOException {
            try {
                return FrameCodec.decode(Wire.readBytes(in));
            } catch (FrameFormatException e) {
                throw new IOException("a frame in flight is broken", e);
            }
        }
    }
}
