import { mount } from "svelte";
import "./app/styles/index.css";
import Gallery from "./charts/gallery/Gallery.svelte";

const target = document.getElementById("app");
if (target !== null) mount(Gallery, { target });
