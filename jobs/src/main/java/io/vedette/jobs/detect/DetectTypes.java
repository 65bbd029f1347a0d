package io.vedette.jobs.detect;

import io.vedette.jobs.life.AlertStateChange;
import io.vedette.jobs.life.EntityDetectState;
import io.vedette.jobs.serial.CodecType;
import io.vedette.model.alert.AlertEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How what flows through the detect job, and what it keeps, is written. Names of codecs stand in checkpoints: never rename one. */
public final class DetectTypes {
    public static final TypeInformation<AlertEvent> ALERT = CodecType.of(AlertEvent.class, new AlertEventCodec());
    public static final TypeInformation<AlertStateChange> STATE_CHANGE =
            CodecType.of(AlertStateChange.class, new AlertStateChangeCodec());
    static final TypeInformation<EntityDetectState> ENTITY_STATE =
            CodecType.of(EntityDetectState.class, new EntityDetectStateCodec());

    private DetectTypes() {}
}
