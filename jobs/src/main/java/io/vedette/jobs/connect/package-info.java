@NullMarked
package io.vedette.jobs.connect;

import org.jspecify.annotations.NullMarked;
