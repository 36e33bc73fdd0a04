/* The page works without this. */
document.documentElement.className += " has-js";
var unused = "https://www.thecourier.example/never/2020/asked/for-by-a-script-string.html";
