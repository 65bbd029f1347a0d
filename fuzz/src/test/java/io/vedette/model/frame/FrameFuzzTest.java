package io.vedette.model.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.WireMutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands on the topic of frames: it is refused, or is a frame that is written and read back, by protobuf-java too. */
class FrameFuzzTest {
    private static final int FRAMES = 60;

    private static Stream<byte[]> frames() {
        RandomFrames frames = new RandomFrames(1);
        return Stream.generate(frames::next).limit(FRAMES).map(FrameCodec::encode);
    }

    @Test
    void anyBytesAreAFrameOrRefused() {
        new Fuzzing(FrameFuzzTest.class, frames(), new WireMutation(), this::check).run(5_000);
    }

    private boolean check(byte[] bytes) throws InvalidProtocolBufferException {
        Frame frame;
        try {
            frame = FrameCodec.decode(bytes);
        } catch (FrameFormatException refused) {
            return false;
        }
        byte[] written = FrameCodec.encode(frame);
        assertThat(FrameCodec.decode(written)).isEqualTo(frame);
        assertThat(ProtobufFrames.toDomain(io.vedette.proto.v1.Frame.parseFrom(written)))
                .isEqualTo(frame);
        return true;
    }
}
