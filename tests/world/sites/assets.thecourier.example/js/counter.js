(function () { window.courier = window.courier || {}; window.courier.counted = true; }());
