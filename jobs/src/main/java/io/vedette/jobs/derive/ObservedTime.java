package io.vedette.jobs.derive;

import io.vedette.jobs.serial.CodecType;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.track.Jump;
import io.vedette.jobs.wire.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * How far time has come, and where nothing was observed.
 *
 * @param watermarkMillis the newest watermark; {@link Long#MIN_VALUE} before the first
 * @param jump the newest jump of append time
 */
public record ObservedTime(long watermarkMillis, Jump jump) {
    static final ObservedTime NONE = new ObservedTime(Long.MIN_VALUE, Jump.NONE);
    static final TypeInformation<ObservedTime> TYPE = CodecType.of(ObservedTime.class, new Codec());

    /** The time at a watermark, which is no earlier than the last. */
    ObservedTime advance(long markMillis) {
        long behind = AppendTimeWatermarks.BEHIND_MILLIS;
        return watermarkMillis == Long.MIN_VALUE
                ? new ObservedTime(markMillis, jump)
                : new ObservedTime(
                        Math.max(watermarkMillis, markMillis),
                        Jump.between(watermarkMillis + behind, markMillis + behind, jump));
    }

    /** The later of two, each in its parts. */
    ObservedTime or(ObservedTime other) {
        return new ObservedTime(Math.max(watermarkMillis, other.watermarkMillis), jump.or(other.jump));
    }

    /** Writes and reads it; its name stands in checkpoints. */
    public static final class Codec implements StreamCodec<ObservedTime> {
        private static final long serialVersionUID = 1L;

        @Override
        public void write(ObservedTime time, DataOutput out) throws IOException {
            Wire.writeLong(out, time.watermarkMillis);
            Wire.writeLong(out, time.jump.fromMillis());
            Wire.writeLong(out, time.jump.toMillis());
        }

        @Override
        public ObservedTime read(int version, DataInput in) throws IOException {
            return new ObservedTime(Wire.readLong(in), new Jump(Wire.readLong(in), Wire.readLong(in)));
        }
    }
}
